import { useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { Link } from 'react-router';
import type { Duty } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useContract, useContractPath, useMoment, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { DueText, StateTag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { endOf, toDay } from '../../parts/times';
import { stateWord } from '../../parts/words';
import { Calendar } from './Calendar';

const done = new Set(['kept', 'late', 'missing', 'excused', 'waived', 'dropped']);

/** What has to be done by when: as a list, or month by month. */
export default function Duties() {
  const contract = useContract();
  const moment = useMoment();
  const [view, setView] = usePart('view', 'list');
  const [state, setState] = usePart('state');
  const [name, setName] = usePart('duty');
  const clock = useNow();
  const now = moment.asOf ? new Date(moment.asOf).getTime() : clock;
  const query = useQuery(contractQuery<Duty[]>(contract, '/duties', { ...moment }));
  return (
    <Page
      title="义务" of={useContractOfSession(contract)?.name}
      actions={<Segmented aria-label="样式" value={view} onChange={setView} options={[{ value: 'list', label: '列表' }, { value: 'calendar', label: '日历' }]} />}
    >
      <Awaiting query={query} isEmpty={(duties) => duties.length === 0} empty={<div className="panel"><Nothing title="此时没有义务">义务由合同条款定期产生，或由某件事实引起；合同开始履行后会列在这里。</Nothing></div>}>
        {(duties) => {
          const names = [...new Map(duties.map((duty) => [duty.duty, duty.label])).entries()];
          const states = [...new Set(duties.map((duty) => duty.state))];
          const named = duties.filter((duty) => !name || duty.duty === name);
          const shown = named.filter((duty) => !state || duty.state === state);
          return (
            <div className="stack">
              <div className="filters">
                <Segmented aria-label="状态" value={state} onChange={setState} options={[{ value: '', label: `全部 ${named.length}` }, ...states.map((word) => ({ value: word, label: `${stateWord(word)} ${named.filter((duty) => duty.state === word).length}` }))]} />
                <Select aria-label="义务" className="wide-input" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="全部义务" value={name || null} onChange={(value: string | undefined) => { setName(value ?? null); }} options={names.map(([value, label]) => ({ value, label }))} popupMatchSelectWidth={false} />
              </div>
              {shown.length === 0 ? <div className="panel"><Nothing title="没有符合的义务">换一个状态，或清除所选义务。</Nothing></div>
                : view === 'calendar' ? <Calendar duties={shown} today={toDay(now)} />
                : <List duties={shown} now={now} />}
            </div>
          );
        }}
      </Awaiting>
    </Page>
  );
}

const mostRows = 120;

function List({ duties, now }: { duties: Duty[]; now: number }) {
  const to = useContractPath();
  const [all, setAll] = usePart('all');
  const sorted = [...duties].sort((a, b) => order(a, now) - order(b, now));
  const shown = all ? sorted : sorted.slice(0, mostRows);
  const columns: Column<Duty>[] = [
    { key: 'label', title: '义务', head: true, sort: (duty) => duty.label, render: (duty) => <FigureLink address={duty.address}>{duty.label}</FigureLink> },
    { key: 'period', title: '期次', tight: true, sort: (duty) => duty.period, render: (duty) => duty.period },
    { key: 'due', title: '期限', sort: (duty) => (duty.due ? endOf(duty.due) : Infinity), render: (duty) => <DueText due={duty.due} now={now} open={!done.has(duty.state)} /> },
    { key: 'state', title: '状态', tight: true, sort: (duty) => duty.state, render: (duty) => <StateTag state={duty.state} /> },
    { key: 'clauses', title: '条款', render: (duty) => <span className="clause-ids">{duty.clauses.map((clause) => <Link key={clause} to={to('clauses', { clause })}>{clause}</Link>)}</span> },
  ];
  return (
    <Panel flush>
      <Sheet caption="义务" columns={columns} rows={shown} rowKey={(duty) => `${duty.duty}|${duty.period}|${duty.due ?? ''}|${duty.address ?? ''}`} />
      {shown.length < sorted.length && <p className="more"><button type="button" className="plain" onClick={() => { setAll('1'); }}>显示全部 {sorted.length} 项</button></p>}
    </Panel>
  );
}

/** What is still open comes first, the next due on top; then what is past, the latest on top. */
function order(duty: Duty, now: number): number {
  const due = duty.due ? endOf(duty.due) : Infinity;
  return done.has(duty.state) ? 1e15 - (Number.isFinite(due) ? due - now : 0) : Number.isFinite(due) ? due - now : 5e14;
}
