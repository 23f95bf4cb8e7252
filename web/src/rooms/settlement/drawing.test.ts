import { bars } from './bars';
import type { MoneyFigure } from '../../api/types';
import { pivot } from './pivot';

const figure = (address: string, text: string, unit = 'money', label = ''): MoneyFigure => ({ address, label, text, unit });

describe('the waterfall', () => {
  it('hangs each bar where the last one ended', () => {
    const { rows, lowest } = bars([{ label: '价款', amount: '100.00' }, { label: '扣', amount: '-60.00' }, { label: '补', amount: '5.00' }], '45.00');
    expect(lowest).toBe(0);
    expect(rows.map(({ start, length, tone }) => [start, length, tone])).toEqual([[0, 100, 'total'], [40, 60, 'down'], [40, 5, 'up'], [0, 45, 'total']]);
  });
  it('begins at zero however small the steps are against the price', () => {
    const { rows, lowest } = bars([{ label: '价款', amount: '1000.00' }, { label: '扣', amount: '-10.00' }], '990.00');
    expect(lowest).toBe(0);
    expect(rows.at(-1)).toMatchObject({ start: 0, length: 990 });
  });
  it('goes below zero where more was taken than was due', () => {
    const { rows, lowest } = bars([{ label: '价款', amount: '10.00' }, { label: '扣', amount: '-30.00' }], '-20.00');
    expect(lowest).toBe(-20);
    expect(rows.at(-1)).toMatchObject({ start: -20, length: 20 });
  });
});

describe('figures of one kind', () => {
  it('stand side by side, a row for each instalment', () => {
    const table = pivot([figure('instalment/P1/paid', '1.00'), figure('instalment/P1/amount', '2.00'), figure('instalment/P2/amount', '3.00'), figure('instalment/P2/due', '2025-12-01', 'other')]);
    expect(table?.columns.map((column) => column.label)).toEqual(['金额', '已付', '期限']);
    expect(table?.rows.map((row) => [row.label, [...row.cells.keys()]])).toEqual([['P1', ['paid', 'amount']], ['P2', ['amount', 'due']]]);
  });
  it('are told by what their labels share', () => {
    const table = pivot([
      figure('bill/2025-02', '1.00', 'money', '账单 · 2025-02'), figure('bill/2025-02/due', '2025-03-14', 'other', '付款期限 · 2025-02'),
      figure('bill/2025-03', '2.00', 'money', '账单 · 2025-03'), figure('bill/2025-03/due', '2025-04-15', 'other', '付款期限 · 2025-03'),
    ]);
    expect(table?.columns.map((column) => column.label)).toEqual(['账单', '付款期限']);
    expect(table?.rows.map((row) => row.label)).toEqual(['2025-02', '2025-03']);
  });
  it('stay a list where they have no common shape', () => {
    expect(pivot([figure('damages/total', '1.00'), figure('damages/D-1/raw', '1.00')])).toBeNull();
    expect(pivot([figure('a/x/one', '1'), figure('a/y/two', '1'), figure('a/z/three', '1')])).toBeNull();
  });
});
