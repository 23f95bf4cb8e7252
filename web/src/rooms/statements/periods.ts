/** Days as 2025-12-08, in the calendar of the contract. */

export interface Period {
  label: string;
  from: string;
  to: string;
}

const two = (value: number) => String(value).padStart(2, '0');
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The periods that statements are usually of, seen from a day of the term. */
export function periodsAt(today: string, term?: { from: string; through: string } | null): Period[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const [beforeYear, before] = month === 1 ? [year - 1, 12] : [year, month - 1];
  const quarter = Math.ceil(month / 3);
  const [lastYear, last] = quarter === 1 ? [year - 1, 4] : [year, quarter - 1];
  const periods: Period[] = [
    { label: '上月', from: `${beforeYear}-${two(before)}-01`, to: `${beforeYear}-${two(before)}-${lastDay(beforeYear, before)}` },
    { label: `上季度（${lastYear} 年第 ${last} 季度）`, from: `${lastYear}-${two(last * 3 - 2)}-01`, to: `${lastYear}-${two(last * 3)}-${lastDay(lastYear, last * 3)}` },
    { label: '本季度', from: `${year}-${two(quarter * 3 - 2)}-01`, to: `${year}-${two(quarter * 3)}-${lastDay(year, quarter * 3)}` },
  ];
  return term ? [...periods, { label: '期初至今', from: term.from, to: today < term.through ? today : term.through }, { label: '整个服务期', from: term.from, to: term.through }] : periods;
}
