/** Decimal strings are shown as they are: a number of the browser would lose the cents of large amounts. */

/** 1234567.5 → 1,234,567.50; what is no decimal stays as it is. */
export function money(text: string): string {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return text;
  const [, sign = '', whole = '', cents = ''] = match;
  return `${sign === '-' ? '−' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${cents.padEnd(2, '0')}`;
}

/** With a sign also when it adds. */
export function signedMoney(text: string): string {
  return /^[+-]/.test(text) || isZero(text) ? money(text.replace(/^\+/, '')).replace(/^(?=\d)/, text.startsWith('+') ? '+' : '') : `+${money(text)}`;
}

export function signed(text: string): string {
  if (isZero(text)) return '0';
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text.replace(/^\+/, '')}`;
}

export function isZero(text: string): boolean {
  return /^[+-]?0*(\.0*)?$/.test(text.trim());
}

export function isNegative(text: string): boolean {
  return text.trim().startsWith('-') && !isZero(text);
}
