export interface Bar {
  label: string;
  amount: string;
  /** Lower end of the bar. */
  start: number;
  length: number;
  tone: 'total' | 'up' | 'down';
}

/** Down to two digits, for people to read. */
function rounded(amount: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 1);
  return Math.floor(amount / unit) * unit;
}

/**
 * Where each bar of a waterfall lies. Only the drawing uses numbers of the browser; the amounts that are read stay decimal strings.
 * When all steps are small against the price, the drawing starts just below the lowest point instead of at zero (`from`).
 */
export function bars(steps: readonly { label: string; amount: string }[], net: string | null): { rows: Bar[]; from: number } {
  let level = 0;
  const rows: Bar[] = steps.map((step, i) => {
    const amount = Number(step.amount);
    const start = level;
    level += amount;
    return { label: step.label, amount: step.amount, start: Math.min(start, level), length: Math.abs(amount), tone: i === 0 ? 'total' : amount < 0 ? 'down' : 'up' };
  });
  const total = net === null ? level : Number(net);
  if (net !== null) rows.push({ label: '净额', amount: net, start: Math.min(0, total), length: Math.abs(total), tone: 'total' });
  const lowest = Math.min(...rows.map((row) => (row.tone === 'total' ? row.start + row.length : row.start)));
  const highest = Math.max(...rows.map((row) => row.start + row.length));
  if (rows.some((row) => row.start < 0)) return { rows, from: lowest < 0 ? Math.min(...rows.map((row) => row.start)) : 0 };
  const from = lowest > 0 && highest - lowest < highest * 0.3 ? Math.max(0, rounded(lowest - (highest - lowest) * 0.6)) : 0;
  return { rows: from === 0 ? rows : rows.map((row) => (row.start < from ? { ...row, start: from, length: row.length - (from - row.start) } : row)), from };
}
