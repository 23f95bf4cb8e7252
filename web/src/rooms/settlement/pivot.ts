import type { MoneyFigure } from '../../api/types';

export interface PivotRow {
  key: string;
  label: string;
  cells: Map<string, MoneyFigure>;
}

const words: Record<string, string> = {
  amount: '金额', deducted: '扣减', payable: '应付', paid: '已付', outstanding: '未付', balance: '余额', due: '期限', state: '状态', withheld: '暂扣', unabsorbed: '扣不尽',
  forfeited: '扣没', lodged: '已缴', drawn: '动用', refused: '不计', refund: '退还', shortfall: '不足', 'late-days': '迟付天数', gross: '总额', applied: '抵扣', raw: '上限前', cap: '上限',
  charged: '计收', date: '日期', days: '天数', validity: '有效期', elapsed: '用时',
};

/**
 * Figures such as `instalment/P1/paid` side by side, a row for each P1 and a column for each last word; null where the addresses
 * are of no such shape, or would make a table that is mostly holes.
 */
export function pivot(figures: readonly MoneyFigure[]): { columns: { key: string; label: string; right: boolean }[]; rows: PivotRow[] } | null {
  const rows = new Map<string, PivotRow>();
  const columns = new Map<string, { key: string; label: string; right: boolean }>();
  for (const figure of figures) {
    const parts = figure.address.split('/');
    const column = parts.length >= 3 ? parts.at(-1) : undefined;
    if (column === undefined) return null;
    const key = parts.slice(1, -1).join('/');
    const row = rows.get(key) ?? { key, label: rowLabel(figure.label, words[column] ?? column) ?? key, cells: new Map<string, MoneyFigure>() };
    rows.set(key, row);
    row.cells.set(column, figure);
    const found = columns.get(column) ?? { key: column, label: words[column] ?? column, right: false };
    found.right ||= figure.unit === 'money' || figure.unit === 'points' || /^-?\d+$/.test(figure.text);
    columns.set(column, found);
  }
  const order = Object.keys(words);
  const place = (key: string) => { const at = order.indexOf(key); return at < 0 ? order.length : at; };
  return rows.size < 2 || columns.size < 2 || figures.length < (rows.size * columns.size) / 2 ? null
    : { columns: [...columns.values()].sort((a, b) => place(a.key) - place(b.key)), rows: [...rows.values()] };
}

/** `付款 · P1 · 已付` without its last part, if that only repeats the column. */
function rowLabel(label: string, column: string): string | null {
  const parts = label.split(' · ');
  return parts.length > 1 && parts.at(-1) === column ? parts.slice(0, -1).join(' · ').replace(/^付款 · /, '') : null;
}
