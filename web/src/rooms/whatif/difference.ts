const decimal = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** The second less the first, exactly, as decimal strings; an absent one counts as nothing. Null where either is no number. */
export function difference(before: string, after: string): string | null {
  const [one, other] = [parts(before), parts(after)];
  if (!one || !other) return null;
  const places = Math.max(one.places, other.places);
  const value = other.digits * 10n ** BigInt(places - other.places) - one.digits * 10n ** BigInt(places - one.places);
  const text = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  return `${value < 0n ? '-' : ''}${places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`}`;
}

function parts(text: string): { digits: bigint; places: number } | null {
  if (text === '') return { digits: 0n, places: 0 };
  const match = decimal.exec(text);
  if (!match) return null;
  const [, sign = '', whole = '', rest = ''] = match;
  return { digits: BigInt(whole + rest) * (sign === '-' ? -1n : 1n), places: rest.length };
}
