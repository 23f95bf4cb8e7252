import { isNegative, isZero, money, signed, signedMoney } from './numbers';

describe('money', () => {
  it('keeps every cent of amounts that a number of the browser could not hold', () => { expect(money('90071992547409931.07')).toBe('90,071,992,547,409,931.07'); });
  it('has two decimals and separators', () => {
    expect(money('1234567.5')).toBe('1,234,567.50');
    expect(money('-10860')).toBe('−10,860.00');
    expect(money('999')).toBe('999.00');
  });
  it('leaves words alone', () => { expect(money('无')).toBe('无'); });
  it('shows its sign where it is a step', () => {
    expect(signedMoney('300000.00')).toBe('+300,000.00');
    expect(signedMoney('-0.50')).toBe('−0.50');
    expect(signedMoney('0.00')).toBe('0.00');
  });
});

describe('points', () => {
  it('show their sign', () => { expect([signed('-2'), signed('3.5'), signed('0')]).toEqual(['−2', '+3.5', '0']); });
  it('are zero in any writing', () => { expect(['0', '0.00', '-0', '0.5', '-1'].map(isZero)).toEqual([true, true, true, false, false]); });
  it('are negative only below zero', () => { expect(['-1', '-0.00', '1'].map(isNegative)).toEqual([true, false, false]); });
});
