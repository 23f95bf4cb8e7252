import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { Link } from 'react-router';
import type { Todo } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { usePart } from '../../app/place';
import { overallQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { DueText, Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { endOf } from '../../parts/times';
import type { Tone } from '../../parts/words';
import { byContract, byDue, type TodoGroup } from './grouping';
import './todo.css';

const kinds: Record<string, { word: string; tone: Tone }> = {
  duty: { word: '义务', tone: 'quiet' }, 'claim-answer': { word: '待答复', tone: 'warn' }, 'claim-decide': { word: '待核定', tone: 'warn' },
  'statement-confirm': { word: '待确认', tone: 'info' }, 'statement-seal': { word: '待盖章', tone: 'info' }, 'pack-agree': { word: '待同意', tone: 'info' },
};

/** What waits for me: by due time, or by contract. */
export default function Home() {
  const session = useSession();
  const now = useNow();
  const [order, setOrder] = usePart('by', 'due');
  const query = useQuery(overallQuery<Todo[]>('/todo'));
  return (
    <Page
      title="我的待办"
      lead={`${session.user.name}，以下事项等您处理或即将到期。`}
      actions={<Segmented aria-label="排列" value={order} onChange={setOrder} options={[{ value: 'due', label: '按期限' }, { value: 'contract', label: '按合同' }]} />}
    >
      <Awaiting
        query={query}
        isEmpty={(todo) => todo.length === 0}
        empty={<div className="panel"><Nothing title="此刻没有等您处理的事项"><p>到期的义务、等您答复的主张、待确认的评估报告会出现在这里。</p><Link to="/contracts">查看我的合同</Link></Nothing></div>}
      >
        {(todo) => <div className="stack">{(order === 'contract' ? byContract(todo) : byDue(todo, now)).map((group) => <Group key={group.key} group={group} now={now} named={order !== 'contract'} />)}</div>}
      </Awaiting>
    </Page>
  );
}

function Group({ group, now, named }: { group: TodoGroup; now: number; named: boolean }) {
  return (
    <Panel title={group.title} extra={`${group.items.length} 条`} flush>
      <ul className="todo">
        {group.items.map((item, i) => {
          const kind = kinds[item.kind] ?? { word: item.kind, tone: 'quiet' as const };
          return (
            <li key={i} className={item.due && endOf(item.due) < now ? 'overdue' : undefined}>
              <Link to={item.link}>
                <Tag tone={kind.tone}>{kind.word}</Tag>
                <span className="todo-label">{item.label}{named && <small>{item.contractName}</small>}</span>
                <DueText due={item.due} now={now} />
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
