import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { askOrWait, of } from '../../api/client';
import type { ReadingAlternative, ReadingEntry } from '../../api/types';
import { contractKey } from '../../app/queries';
import { useContract, useContractPath, useMoment, usePart } from '../../app/place';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { Tag } from '../../parts/marks';
import { isZero, signed, signedMoney } from '../../parts/numbers';
import { Page } from '../../parts/Page';
import { figureText } from '../../parts/figureText';
import './clauses.css';

/** The disputed places of the text: which reading is in force, and what each other one would change in points and yuan. */
export default function Readings() {
  const contract = useContract();
  const moment = useMoment();
  const [chosen] = usePart('reading');
  const money = useContractOfSession(contract)?.seesMoney ?? false;
  const query = useQuery({
    queryKey: [...contractKey(contract), '/readings', moment],
    queryFn: ({ signal }) => askOrWait<ReadingEntry[]>(of(contract, '/readings', { ...moment }), { signal }),
    // While the server is computing the differences it is asked again.
    refetchInterval: (state) => (state.state.data?.ready === false ? 1500 : false),
  });
  return (
    <Page title="读法" of={useContractOfSession(contract)?.name} lead="文本有两可之处，合同登记了采用哪种读法；其余读法与之相差多少，一并列出。">
      <Awaiting query={query} isEmpty={(state) => state.ready && state.answer.length === 0} empty={<div className="panel"><Nothing title="没有登记读法">合同文本没有登记两可之处。</Nothing></div>}>
        {(state) => state.ready
          ? <ol className="clauses">{state.answer.map((reading) => <Entry key={reading.id} reading={reading} chosen={reading.id === chosen} money={money} />)}</ol>
          : <div className="panel"><Nothing title="正在计算各种读法的差额"><Progress percent={Math.round(state.share * 100)} className="wide-input" />算好后自动显示。</Nothing></div>}
      </Awaiting>
    </Page>
  );
}

function Entry({ reading, chosen, money }: { reading: ReadingEntry; chosen: boolean; money: boolean }) {
  const to = useContractPath();
  const entry = useRef<HTMLLIElement>(null);
  useEffect(() => { if (chosen) entry.current?.scrollIntoView({ block: 'center' }); }, [chosen]);
  return (
    <li ref={entry} className={chosen ? 'chosen' : undefined}>
      <div className="clause-id"><b>{reading.id}</b></div>
      <div className="clause-body">
        <p><b>{reading.label}</b></p>
        <p>采用：{reading.chosen}</p>
        {reading.why && <p className="none">理由：{reading.why}</p>}
        <p className="clause-how">{reading.clauses.map((clause) => <Link key={clause} to={to('clauses', { clause })}>条款 {clause}</Link>)}</p>
        <ul className="alternatives">{reading.alternatives.map((one) => <Alternative key={one.alt} one={one} money={money} />)}</ul>
      </div>
    </li>
  );
}

function Alternative({ one, money }: { one: ReadingAlternative; money: boolean }) {
  const same = isZero(one.points ?? '0') && isZero(one.yuan ?? '0');
  return (
    <li>
      <div className="alternative-head">
        <span>另一读法{one.label ? `：${one.label}` : ''}</span>
        <span className="alternative-worth">
          {!one.runs ? <Tag>不能计算</Tag> : same ? <span className="none">{one.figures.length === 0 ? '此时没有差别' : money ? '得分与净额不变' : '得分不变'}</span> : (
            <>
              {one.points !== null && one.points !== undefined && <b className="number">{signed(one.points)} 分</b>}
              {money && one.yuan !== null && one.yuan !== undefined && <b className="number">{signedMoney(one.yuan)} 元</b>}
            </>
          )}
        </span>
      </div>
      {!one.runs && one.reason && <p className="none">{one.reason}</p>}
      {one.figures.length > 0 && (
        <details>
          <summary>改变 {one.figures.length} 个数值</summary>
          <ul className="clause-figures">{one.figures.map((figure) => (
            <li key={figure.address}><span>{figure.label}</span><span className="number"><FigureLink address={figure.before ? figure.address : null} label={figure.label}>{figure.before ? figureText({ address: figure.address, text: figure.before }) : '无'}</FigureLink> → {figure.after ? figureText({ address: figure.address, text: figure.after }) : '无'}</span></li>
          ))}</ul>
        </details>
      )}
    </li>
  );
}
