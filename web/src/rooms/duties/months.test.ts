import { monthGrid, nextMonth } from './months';

describe('a month of the calendar', () => {
  it('begins on the Monday before its first day', () => { expect(monthGrid('2025-12')[0]?.[0]).toBe('2025-12-01'); expect(monthGrid('2026-02')[0]?.[0]).toBe('2026-01-26'); });
  it('holds every day of the month once, in whole weeks', () => {
    for (let month = '2024-01'; month < '2027-01'; month = nextMonth(month, 1)) {
      const days = monthGrid(month).flat();
      expect(days.length % 7).toBe(0);
      expect(new Set(days).size).toBe(days.length);
      const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
      expect(days.filter((day) => day.startsWith(month))).toHaveLength(length);
      expect(days.length - length).toBeLessThan(14);
    }
  });
  it('follows December by January', () => { expect([nextMonth('2025-12', 1), nextMonth('2026-01', -1)]).toEqual(['2026-01', '2025-12']); });
});
