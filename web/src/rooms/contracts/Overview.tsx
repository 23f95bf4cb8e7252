import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Clock, ContractOverview, Duty, Fact } from '../../api/types';
import { useContract, useContractPath, useMoment } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useMay } from '../../app/session';
import { useNow } from '../../app/BusinessClock';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { KeyFigureText } from '../../parts/KeyFigureText';
import { DueText, Hash, InstantText, LightMark, StateTag, Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { duration, toDue } from '../../parts/times';
import { kindWord, partyWord } from '../../parts/words';

/** One contract on one screen: how it stands, what is next, what went wrong, what was recorded last. */
export default function Overview() {
  const contract = useContract();
  const query = useQuery(contractQuery<ContractOverview>(contract, '', { ...useMoment() }));
  return (
    <Page title="合同概览" of={query.data?.name} actions={query.data && <LightMark light={query.data.light} />}>
      <Awaiting query={query} rows={14}>{(overview) => <Content overview={overview} />}</Awaiting>
    </Page>
  );
}

function Content({ overview }: { overview: ContractOverview }) {
  const to = useContractPath();
  const may = useMay(overview.id);
  const moment = useMoment();
  const clock = useNow();
  const now = moment.asOf ? new Date(moment.asOf).getTime() : clock;
  return (
    <div className="stack">
      {overview.provisionalYears.length > 0 && <p className="refusal"><span>{overview.provisionalYears.join('、')} 年的工作日安排尚未公布，涉及这些年份的期限为暂定，公布后会重新判定。</span></p>}
      <Panel  title={overview.sentences.length === 5 ? '五句话' : '摘要'} extra={overview.reasons.length > 0 ? overview.reasons.join('；') : undefined}>
        <ol className="sentences">{overview.sentences.map((sentence, i) => <li key={i}>{sentence}</li>)}</ol>
        <div className="chips">
          {overview.keyFigures.map((figure) => <div className="chip" key={figure.label}><span>{figure.label}</span><b><KeyFigureText figure={figure} contract={overview.id} /></b></div>)}
        </div>
      </Panel>
      <div className="columns">
        <div className="stack">
          <Panel title="接下来的义务" extra={<Link to={to('duties')}>全部义务</Link>} flush>
            {overview.nextDuties.length === 0 ? <Nothing title="没有未到期的义务" /> : <Sheet caption="接下来的义务" columns={dutyColumns(now)} rows={overview.nextDuties} rowKey={(duty) => `${duty.duty}/${duty.period}/${duty.due ?? ''}`} />}
          </Panel>
          <Panel title="违约的时限" extra={<Link to={to('clocks', { state: 'breached' })}>全部时限</Link>} flush>
            {overview.breachedClocks.length === 0 ? <Nothing title="没有违约的时限" /> : <Sheet caption="违约的时限" columns={overview.breachedClocks.some((clock) => clock.due) ? clockColumns : clockColumns.filter((column) => column.key !== 'due')} rows={overview.breachedClocks} rowKey={(one) => `${one.clock}/${one.subject}`} />}
          </Panel>
          <Panel title="最近的事实" extra={<Link to={to('facts')}>全部事实</Link>} flush>
            {overview.latestFacts.length === 0
              ? <Nothing title="还没有事实">{may('append') ? <Link to={to('record')}>记录第一件事实</Link> : '参与人记录后会出现在这里。'}</Nothing>
              : <Sheet caption="最近的事实" columns={factColumns(to)} rows={overview.latestFacts} rowKey={(fact) => fact.id} />}
          </Panel>
        </div>
        <div className="stack">
          <Panel title="合同">
            <Facts items={[
              ['编号', <code key="id">{overview.id}</code>],
              ...Object.entries(overview.parties).map(([role, name]): [string, string] => [partyWord(role), name]),
              ['服务期', overview.term ? `${overview.term.from} 至 ${overview.term.through}` : '—'],
              ...(overview.version ? [['合同文本', <Link key="v" to={to('packs')}>第 {overview.version} 版</Link>] as [string, ReactNode]] : []),
              ['条款', <Link key="c" to={to('clauses')}>共 {overview.clauses.total} 条，可评判 {overview.clauses.executed} 条，只作记载 {overview.clauses.recorded} 条</Link>],
            ]} />
          </Panel>
          <Panel title="主张与补录" extra={<Link to={to('claims')}>查看</Link>}>
            <Facts items={[
              ['未决', `${overview.claims.open} 件`],
              ['已接受', `${overview.claims.accepted} 件`],
              ['未接受', `${overview.claims.refused} 件`],
              ['补录', `${overview.lateEntries} 件`],
            ]} />
          </Panel>
          <Panel title="评估报告" extra={<Link to={to('statements')}>查看</Link>}>
            {overview.statements.length === 0 ? <p className="none">还没有出具。</p> : (
              <ul className="lines">{overview.statements.map((one) => <li key={one.number}><Link to={to(`statements/${one.number}`)}>{one.number}</Link> {one.from} 至 {one.to} {one.state && <StateTag state={one.state} />}</li>)}</ul>
            )}
          </Panel>
          <Panel title="事实链">
            <Facts items={[
              ['已记录', `${overview.head.seq} 件`],
              ['链首', overview.head.hash ? <Hash key="h" text={overview.head.hash} length={20} /> : '—'],
              ['最近记录', <InstantText key="r" at={overview.head.recordedAt} />],
            ]} />
          </Panel>
        </div>
      </div>
    </div>
  );
}

const dutyColumns = (now: number): Column<Duty>[] => [
  { key: 'label', title: '义务', head: true, render: (duty) => <FigureLink address={duty.address}>{duty.label}</FigureLink> },
  { key: 'period', title: '期次', tight: true, render: (duty) => duty.period },
  { key: 'due', title: '期限', render: (duty) => <DueText due={duty.due} now={now} /> },
];

const clockColumns: Column<Clock>[] = [
  { key: 'label', title: '时限', head: true, render: (clock) => clock.label },
  { key: 'subject', title: '主体', tight: true, render: (clock) => <FigureLink address={clock.address} label={`${clock.label} ${clock.subject}`}>{clock.subject}</FigureLink> },
  { key: 'due', title: '应止于', tight: true, render: (clock) => clock.due ? <span className="number">{toDue(clock.due)}</span> : '—' },
  { key: 'elapsed', title: '用时', align: 'right', render: (clock) => clock.elapsed === null || clock.elapsed === undefined ? '—' : duration(Number(clock.elapsed)) },
];

const factColumns = (to: ReturnType<typeof useContractPath>): Column<Fact>[] => [
  { key: 'kind', title: '事实', head: true, render: (fact) => <><Link to={to('facts', { fact: fact.id })}>{kindWord(fact.kind)}</Link> {fact.late && <Tag tone="warn">补录</Tag>}</> },
  { key: 'subject', title: '主体', render: (fact) => fact.subject },
  { key: 'at', title: '发生', tight: true, render: (fact) => <InstantText at={fact.at} /> },
];
