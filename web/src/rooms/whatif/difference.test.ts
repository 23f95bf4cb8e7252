import { difference } from './difference';

describe('the difference of two figures', () => {
  it('is exact where numbers of the browser are not', () => {
    expect(difference('0.3', '0.1')).toBe('-0.2');
    expect(difference('123456789012345678.90', '123456789012345679.00')).toBe('0.10');
    expect(difference('100', '98.5')).toBe('-1.5');
    expect(difference('-5', '5')).toBe('10');
  });
  it('counts what is not listed as nothing', () => {
    expect(difference('', '-200.00')).toBe('-200.00');
    expect(difference('200', '')).toBe('-200');
  });
  it('of words there is none', () => { expect(difference('kept', 'breached')).toBeNull(); });
});
