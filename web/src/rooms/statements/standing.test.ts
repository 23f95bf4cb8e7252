import type { Stand, StatementPoint } from '../../api/types';
import { isDisputed, lastOf } from './standing';

const stand = (side: string, what: Stand['stand'], at: string): Stand => ({ side, stand: what, by: 'u', at });
const point = (stands: Stand[]): StatementPoint => ({ address: 'a', label: 'A', text: '1', unit: 'points', stands });

describe('what the parties say of a figure', () => {
  it('is what each said last', () => {
    const stands = [stand('buyer', 'disputed', '1'), stand('provider', 'confirmed', '2'), stand('buyer', 'confirmed', '3')];
    expect(lastOf(stands, 'buyer')?.at).toBe('3');
    expect(isDisputed(point(stands))).toBe(false);
  });
  it('is a dispute while either disputes it', () => {
    expect(isDisputed(point([stand('buyer', 'confirmed', '1'), stand('provider', 'disputed', '2')]))).toBe(true);
    expect(isDisputed(point([]))).toBe(false);
  });
});
