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
  return groups.filter((group) => group.items.length > 0).map((group) => ({ ...group, items: fold(group.items) }));
}

/** A duty that comes every day is one line with its next date and how many times, so that it does not bury the rest. */
function fold(items: Todo[]): Todo[] {
  const lines = new Map<string, { item: Todo; times: number }>();
  items.forEach((item, i) => {
    const name = item.kind === 'duty' ? nameOf(item.label) : '';
    const key = name ? `${item.contract} ${name}` : String(i);
    const line = lines.get(key);
    if (line) line.times++;
    else lines.set(key, { item, times: 1 });
  });
  return [...lines.values()].map(({ item, times }) => (times === 1 ? item : { ...item, label: `${item.label}等 ${times} 次` }));
}

/** 驻场考勤登记（2025-12-08） without its period. */
const nameOf = (label: string) => label.replace(/（[^（）]*）$/, '');

export function byContract(todo: readonly Todo[]): TodoGroup[] {
  const groups = new Map<string, TodoGroup>();
  for (const item of sorted(todo)) {
    const group = groups.get(item.contract) ?? { key: item.contract, title: item.contractName, items: [] };
    group.items.push(item);
    groups.set(item.contract, group);
  }
  return [...groups.values()].map((group) => ({ ...group, items: fold(group.items) }));
}

function sorted(todo: readonly Todo[]): Todo[] {
  return [...todo].sort((a, b) => (a.due ? endOf(a.due) : Infinity) - (b.due ? endOf(b.due) : Infinity) || a.contractName.localeCompare(b.contractName, 'zh-CN'));
}
