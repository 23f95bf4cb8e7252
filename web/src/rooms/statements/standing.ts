import type { Stand, StatementPoint } from '../../api/types';

export type Party = 'buyer' | 'provider';

/** What a party said last. */
export function lastOf(stands: readonly Stand[], side: string): Stand | undefined {
  return stands.findLast((stand) => stand.side === side);
}

/** Whether a party disputes a point as things are. */
export function isDisputed(point: StatementPoint): boolean {
  return (['buyer', 'provider'] as const).some((side) => lastOf(point.stands, side)?.stand === 'disputed');
}

export const groupOf = (unit: string): string => ({ points: '评分', money: '金额', duration: '时长' })[unit] ?? '状态与其他';
