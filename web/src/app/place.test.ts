import { inside } from '../rooms/session/SignIn';
import { contractOf } from './live';
import { contractPath, withChanges } from './place';

describe('addresses', () => {
  it('keep what is not changed, and lose what is set to null', () => {
    expect(withChanges(new URLSearchParams('asOf=x&trace=net'), { trace: null, of: 'a' })).toBe('?asOf=x&of=a');
    expect(withChanges(new URLSearchParams('asOf=x'), { asOf: undefined })).toBe('?asOf=x');
    expect(withChanges(new URLSearchParams('a=1'), { a: null })).toBe('');
  });
  it('of contracts are escaped', () => { expect(contractPath('甲/乙', 'facts', { fact: 'f1' })).toBe('/c/%E7%94%B2%2F%E4%B9%99/facts?fact=f1'); });
});

describe('after signing in', () => {
  it.each(['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', '/sign-in?to=/', '', null])('never leads to %s', (to) => { expect(inside(to)).toBe('/'); });
  it('leads back to the page that was asked for', () => { expect(inside('/c/a/facts?fact=1')).toBe('/c/a/facts?fact=1'); });
});

describe('an event', () => {
  it('names its contract', () => { expect(contractOf('{"contract":"a","seq":3}')).toBe('a'); });
  it('that cannot be read names none', () => { expect([contractOf('x'), contractOf('{}')]).toEqual([null, null]); });
});
