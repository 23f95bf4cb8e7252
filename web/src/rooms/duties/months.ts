/** Whole weeks, Monday first, that hold a month such as 2025-12; days as 2025-12-08. */
export function monthGrid(month: string): string[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const start = new Date(first);
  start.setUTCDate(1 - ((first.getUTCDay() + 6) % 7));
  const weeks: string[][] = [];
  for (const day = start; weeks.length === 0 || day.toISOString().slice(0, 7) <= month;) {
    const week: string[] = [];
    for (let i = 0; i < 7; i++) {
      week.push(day.toISOString().slice(0, 10));
      day.setUTCDate(day.getUTCDate() + 1);
    }
    weeks.push(week);
  }
  return weeks;
}

export function nextMonth(month: string, step: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + step);
  return date.toISOString().slice(0, 7);
}
