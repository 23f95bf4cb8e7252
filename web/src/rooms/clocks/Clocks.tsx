import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { Link } from 'react-router';
import type { Clock } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useContract, useContractPath, useMoment, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { DueText, InstantText, StateTag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { duration, endOf } from '../../parts/times';
import { stateWord } from '../../parts/words';

const mostRows = 120;

/** Every time limit that ran or runs: from when, until when, how long it took. */
export default function Clocks() {
  const contract = useContract();
  const moment = useMoment();
  const to = useContractPath();
  const [state, setState] = usePart('state');
  const [name, setName] = usePart('clock');
  const [text, setText] = usePart('text');
  const [all, setAll] = usePart('all');
  const clockNow = useNow();
  const now = moment.asOf ? new Date(moment.asOf).getTime() : clockNow;
  const query = useQuery(contractQuery<Clock[]>(contract, '/clocks', { ...moment }));
  const columns: Column<Clock>[] = [
    { key: 'label', title: '时限', head: true, sort: (one) => one.label, render: (one) => one.label },
    { key: 'subject', title: '主体', sort: (one) => one.subject, render: (one) => <Link to={to('facts', { subject: one.subject })}>{one.subject}</Link> },
    { key: 'start', title: '起算', tight: true, sort: (one) => one.start ?? '', render: (one) => <InstantText at={one.start} /> },
    { key: 'due', title: '应止于', sort: (one) => (one.due ? endOf(one.due) : Infinity), render: (one) => one.due ? <DueText due={one.due} now={now} open={one.state === 'running'} /> : <span className="none" title="以用时计，见由来">以用时计</span> },
    { key: 'stopped', title: '停止', tight: true, render: (one) => <InstantText at={one.stopped} /> },
    { key: 'elapsed', title: '用时', tight: true, align: 'right', sort: (one) => Number(one.elapsed ?? -1), render: (one) => one.elapsed === null || one.elapsed === undefined ? <span className="none">—</span> : duration(Number(one.elapsed)) },
    { key: 'state', title: '状态', tight: true, sort: (one) => one.state, render: (one) => <FigureLink address={one.address} label={`${one.label} ${one.subject}`}><StateTag state={one.state} /></FigureLink> },
  ];
  return (
    <Page title="时限" of={useContractOfSession(contract)?.name}>
      <Awaiting query={query} isEmpty={(clocks) => clocks.length === 0} empty={<div className="panel"><Nothing title="还没有起算的时限">故障、请求等事实记录后，响应、解决等时限在这里起算。</Nothing></div>}>
        {(clocks) => {
          const names = [...new Map(clocks.map((one) => [one.clock, one.label])).entries()];
          const states = [...new Set(clocks.map((one) => one.state))];
          const named = clocks.filter((one) => (!name || one.clock === name) && (!text || one.subject.toLowerCase().includes(text.trim().toLowerCase())));
          const found = named.filter((one) => !state || one.state === state).sort((a, b) => rank(a) - rank(b) || (b.start ?? '').localeCompare(a.start ?? ''));
          const shown = all ? found : found.slice(0, mostRows);
          return (
            <div className="stack">
              <div className="filters">
                <Segmented aria-label="状态" value={state} onChange={setState} options={[{ value: '', label: `全部 ${named.length}` }, ...states.map((word) => ({ value: word, label: `${stateWord(word)} ${named.filter((one) => one.state === word).length}` }))]} />
                <Select aria-label="时限" className="wide-input" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="全部时限" value={name || null} onChange={(value: string | undefined) => { setName(value ?? null); }} options={names.map(([value, label]) => ({ value, label }))} popupMatchSelectWidth={false} />
                <Input aria-label="主体" allowClear placeholder="主体，如 INC-1" className="wide-input" defaultValue={text} onChange={(event) => { setText(event.target.value); }} />
              </div>
              <Panel flush>
                {shown.length === 0 ? <Nothing title="没有符合的时限">换一个状态或时限，或清空主体。</Nothing> : <Sheet caption="时限" columns={shown.some((one) => one.due) ? columns : columns.filter((column) => column.key !== 'due')} rows={shown} rowKey={(one) => `${one.clock}|${one.subject}|${one.address ?? ''}|${one.start ?? ''}`} />}
                {shown.length < found.length && <p className="more"><button type="button" className="plain" onClick={() => { setAll('1'); }}>显示全部 {found.length} 项</button></p>}
              </Panel>
            </div>
          );
        }}
      </Awaiting>
    </Page>
  );
}

function rank(one: Clock): number {
  return one.state === 'running' ? 0 : one.state === 'breached' ? 1 : 2;
}
