import type { Unit } from '../api/types';
import { money } from './numbers';
import { duration } from './times';
import { stateWord } from './words';

const decimalOfMoney = /^-?\d+\.\d{2}$/;

/** A figure as people read it. Where its unit is not told, two decimals mean an amount and `…/elapsed` whole seconds. */
export function figureText({ text, unit, address }: { text: string; unit?: Unit | string; address: string }): string {
  if (unit === 'money' || (unit === undefined && decimalOfMoney.test(text))) return money(text);
  if ((unit === 'duration' || (unit === undefined && address.endsWith('/elapsed'))) && /^\d+$/.test(text)) return duration(Number(text));
  return stateWord(text);
}
