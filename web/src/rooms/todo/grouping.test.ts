import type { Todo } from '../../api/types';
import { byContract, byDue } from './grouping';

const now = new Date('2025-12-08T08:30:00+08:00').getTime();
const todo = (label: string, due?: string, contract = 'a'): Todo => ({ contract, contractName: contract, kind: 'duty', label, ...(due ? { due } : {}), link: '/', severity: 'amber' });

describe('what waits', () => {
  it('is grouped by how soon it is due', () => {
    const groups = byDue([todo('none'), todo('late', '2025-12-07'), todo('today', '2025-12-08'), todo('week', '2025-12-12'), todo('later', '2026-01-01')], now);
    expect(groups.map((group) => [group.key, group.items.map((item) => item.label)])).toEqual([['overdue', ['late']], ['day', ['today']], ['week', ['week']], ['later', ['later']], ['open', ['none']]]);
  });
  it('puts what I must decide before all duties', () => {
    expect(byDue([todo('late', '2025-12-07'), { ...todo('answer', '2026-01-01'), kind: 'claim-answer' }], now).map((group) => [group.key, group.items.length])).toEqual([['act', 1], ['overdue', 1]]);
  });
  it('tells a duty that comes every day once, with its next date', () => {
    expect(byDue([todo('晨检（12-10）', '2025-12-10'), todo('晨检（12-11）', '2025-12-11'), todo('月报（2025-12）', '2025-12-12')], now)[0]?.items.map((item) => [item.label, item.due])).toEqual([['晨检（12-10）等 2 次', '2025-12-10'], ['月报（2025-12）', '2025-12-12']]);
  });
  it('is not overdue on its last day', () => { expect(byDue([todo('x', '2025-12-08')], now)[0]?.key).toBe('day'); });
  it('is sorted by due time within a contract', () => {
    expect(byContract([todo('two', '2025-12-12', 'b'), todo('one', '2025-12-09', 'b'), todo('x', '2025-12-10', 'a')]).map((group) => group.items.map((item) => item.label))).toEqual([['one', 'two'], ['x']]);
  });
});
