import { useQuery } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Clause } from '../../api/types';
import { useContract, useContractPath, useMoment, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { Tag } from '../../parts/marks';
import { Page } from '../../parts/Page';
import { figureText } from '../../parts/figureText';
import type { Tone } from '../../parts/words';
import './clauses.css';

const ways: Record<string, { word: string; tone: Tone; tells: string }> = {
  auto: { word: '自动评判', tone: 'good', tells: '按记录的事实直接评判' },
  human: { word: '人工认定', tone: 'warn', tells: '由人提出、对方申辩、核定后计入' },
  record: { word: '只作记载', tone: 'quiet', tells: '记入合同，不产生计算' },
};
const wayOf = (runs: string) => ways[runs] ?? { word: runs, tone: 'info' as const, tells: '' };
const mostFigures = 12;

/** The contract as signed, clause by clause: how each runs, and what it has produced by now. */
export default function Clauses() {
  const contract = useContract();
  const moment = useMoment();
  const [text, setText] = usePart('text');
  const [runs, setRuns] = usePart('runs');
  const [chosen] = usePart('clause');
  const query = useQuery(contractQuery<Clause[]>(contract, '/clauses', { ...moment }));
  return (
    <Page title="条款" of={useContractOfSession(contract)?.name} lead="每一条怎样执行，至此产生了哪些数值。" actions={<Link to={`../readings`} relative="path">各条的读法</Link>}>
      <Awaiting query={query} rows={14} isEmpty={(clauses) => clauses.length === 0} empty={<div className="panel"><Nothing title="合同没有登记条款">条款随合同文本包上传。</Nothing></div>}>
        {(clauses) => {
          const kinds = [...new Set(clauses.map((clause) => clause.runs))];
          const found = clauses.filter((clause) => clause.id === chosen || ((!runs || clause.runs === runs) && (!text.trim() || clause.id === text.trim() || clause.text.includes(text.trim()) || (clause.at ?? '').includes(text.trim()))));
          return (
            <div className="stack">
              <div className="filters">
                <Segmented aria-label="怎样执行" value={runs} onChange={setRuns} options={[{ value: '', label: `全部 ${clauses.length}` }, ...kinds.map((kind) => ({ value: kind, label: `${wayOf(kind).word} ${clauses.filter((clause) => clause.runs === kind).length}` }))]} />
                <Input aria-label="查找条款" allowClear placeholder="按编号或文字查找" className="wide-input" defaultValue={text} onChange={(event) => { setText(event.target.value); }} />
              </div>
              {found.length === 0 ? <div className="panel"><Nothing title="没有符合的条款">换一个词，或看全部条款。</Nothing></div>
                : <ol className="clauses">{found.map((clause) => <ClauseEntry key={clause.id} clause={clause} chosen={clause.id === chosen} />)}</ol>}
            </div>
          );
        }}
      </Awaiting>
    </Page>
  );
}

function ClauseEntry({ clause, chosen }: { clause: Clause; chosen: boolean }) {
  const to = useContractPath();
  const entry = useRef<HTMLLIElement>(null);
  useEffect(() => { if (chosen) entry.current?.scrollIntoView({ block: 'center' }); }, [chosen]);
  const way = wayOf(clause.runs);
  return (
    <li ref={entry} className={chosen ? 'chosen' : undefined}>
      <div className="clause-id"><b>{clause.id}</b>{clause.at && <small>{clause.at}</small>}</div>
      <div className="clause-body">
        <p>{clause.text}</p>
        <p className="clause-how">
          <Tag tone={way.tone} title={way.tells}>{way.word}</Tag>
          {clause.terms.map((term) => <span key={term.name} title={term.name}>{term.label}</span>)}
          {clause.readings.map((reading) => <Link key={reading} to={to('readings', { reading })}>读法 {reading}</Link>)}
        </p>
        {clause.figures.length > 0 && (
          <details open={chosen && clause.figures.length <= mostFigures}>
            <summary>产生 {clause.figures.length} 个数值</summary>
            <ul className="clause-figures">{clause.figures.map((figure) => <li key={figure.address}><span>{figure.label}</span><FigureLink address={figure.address} label={figure.label} className="number">{figureText(figure)}</FigureLink></li>)}</ul>
          </details>
        )}
      </div>
    </li>
  );
}
