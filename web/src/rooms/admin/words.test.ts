import { isOfBothSides } from './words';

describe('roles in one contract', () => {
  it('are never of both parties', () => {
    expect(isOfBothSides(['buyer-clerk', 'engineer'])).toBe(true);
    expect(isOfBothSides(['buyer-clerk', 'buyer-leader', 'auditor'])).toBe(false);
    expect(isOfBothSides(['supervisor'])).toBe(false);
  });
});
