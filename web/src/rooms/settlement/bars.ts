export interface Bar {
  label: string;
  amount: string;
  /** Lower end of the bar. */
  start: number;
  length: number;
  tone: 'total' | 'up' | 'down';
}

/** Where each bar of a waterfall lies. Only the drawing uses numbers of the browser; the amounts that are read stay decimal strings. */
export function bars(steps: readonly { label: string; amount: string }[], net: string | null): { rows: Bar[]; lowest: number } {
  let level = 0;
  const rows: Bar[] = steps.map((step, i) => {
    const amount = Number(step.amount);
    const start = level;
    level += amount;
    return { label: step.label, amount: step.amount, start: Math.min(start, level), length: Math.abs(amount), tone: i === 0 ? 'total' : amount < 0 ? 'down' : 'up' };
  });
  if (net !== null) rows.push({ label: '净额', amount: net, start: Math.min(0, Number(net)), length: Math.abs(Number(net)), tone: 'total' });
  return { rows, lowest: Math.min(0, ...rows.map((row) => row.start)) };
}
