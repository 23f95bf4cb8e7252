import type { Todo } from '../../api/types';
import { endOf } from '../../parts/times';

export interface TodoGroup {
  key: string;
  title: string;
  items: Todo[];
}

const day = 86_400_000;

/** What somebody has to decide comes first; then the duties: overdue, today, within a week, later, without a date; each by due time. Groups without items are left out. */
export function byDue(todo: readonly Todo[], now: number): TodoGroup[] {
  const groups: TodoGroup[] = [
    { key: 'act', title: '等我办理', items: [] },
    { key: 'overdue', title: '已过期限', items: [] },
    { key: 'day', title: '24 小时内到期', items: [] },
    { key: 'week', title: '7 天内到期', items: [] },
    { key: 'later', title: '以后到期', items: [] },
    { key: 'open', title: '没有固定期限', items: [] },
  ];
  const place = (item: Todo) => {
    if (item.kind !== 'duty') return 0;
    if (!item.due) return 5;
    const left = endOf(item.due) - now;
    return left < 0 ? 1 : left <= day ? 2 : left <= 7 * day ? 3 : 4;
  };
  for (const item of sorted(todo)) groups[place(item)]?.items.push(item);
  return groups.filter((group) => group.items.length > 0);
}

export function byContract(todo: readonly Todo[]): TodoGroup[] {
  const groups = new Map<string, TodoGroup>();
  for (const item of sorted(todo)) {
    const group = groups.get(item.contract) ?? { key: item.contract, title: item.contractName, items: [] };
    group.items.push(item);
    groups.set(item.contract, group);
  }
  return [...groups.values()];
}

function sorted(todo: readonly Todo[]): Todo[] {
  return [...todo].sort((a, b) => (a.due ? endOf(a.due) : Infinity) - (b.due ? endOf(b.due) : Infinity) || a.contractName.localeCompare(b.contractName, 'zh-CN'));
}
