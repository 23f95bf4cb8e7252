import type { MoneyFigure } from '../../api/types';

export interface PivotRow {
  key: string;
  label: string;
  cells: Map<string, MoneyFigure>;
}

export interface PivotColumn {
  key: string;
  label: string;
  right: boolean;
}

/** The usual order of columns, and their names where the figures' own labels do not tell. */
const words: Record<string, string> = {
  '': '金额', gross: '总额', amount: '金额', deducted: '扣减', applied: '抵扣', withheld: '暂扣', payable: '应付', paid: '已付', outstanding: '未付', balance: '余额', due: '期限', state: '状态',
  'late-days': '迟付天数', lodged: '已缴', drawn: '动用', forfeited: '扣没', refused: '不计', refund: '退还', unabsorbed: '扣不尽', shortfall: '不足', raw: '上限前', cap: '上限', charged: '计收',
  date: '日期', days: '天数', elapsed: '用时',
};
const order = Object.keys(words);

/**
 * Figures such as `instalment/P1/paid` or `bill/2025-02` and `bill/2025-02/due` side by side: a row for each P1 or month, a column for
 * each last word. Null where the addresses are of no such shape, or would make a table that is mostly holes.
 */
export function pivot(figures: readonly MoneyFigure[]): { columns: PivotColumn[]; rows: PivotRow[] } | null {
  const rows = new Map<string, PivotRow>();
  const columns = new Map<string, MoneyFigure[]>();
  const firsts = new Set(figures.map((figure) => figure.address.split('/')).filter((parts) => parts.length >= 3).map((parts) => parts.slice(1, -1).join('/')));
  for (const figure of figures) {
    const parts = figure.address.split('/');
    const bare = parts.length === 2 && firsts.has(parts[1] ?? '');
    if (parts.length < 3 && !bare) return null;
    const key = bare ? (parts[1] ?? '') : parts.slice(1, -1).join('/');
    const column = bare ? '' : (parts.at(-1) ?? '');
    const row = rows.get(key) ?? { key, label: key, cells: new Map<string, MoneyFigure>() };
    rows.set(key, row);
    row.cells.set(column, figure);
    columns.set(column, [...(columns.get(column) ?? []), figure]);
  }
  if (rows.size < 2 || columns.size < 2 || figures.length < (rows.size * columns.size) / 2) return null;
  for (const row of rows.values()) row.label = common([...row.cells.values()]) || row.key;
  const place = (key: string) => { const at = order.indexOf(key); return at < 0 ? order.length : at; };
  return {
    rows: [...rows.values()],
    columns: [...columns].map(([key, cells]): PivotColumn => ({
      key,
      label: (cells.length > 1 && common(cells)) || (words[key] ?? key),
      right: cells.some((figure) => figure.unit === 'money' || figure.unit === 'points' || /^-?\d+$/.test(figure.text)),
    })).sort((a, b) => place(a.key) - place(b.key)),
  };
}

/** What the labels of some figures share: `付款 · 首付款 · 已付` and `付款 · 尾款 · 已付` share 付款 · 已付, of which the last says most. */
function common(figures: readonly MoneyFigure[]): string {
  const [first, ...others] = figures.map((figure) => figure.label.split(' · '));
  return (first ?? []).filter((part) => others.every((parts) => parts.includes(part))).at(-1) ?? '';
}
