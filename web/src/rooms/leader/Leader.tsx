import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { ContractCard, Light } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { contractPath } from '../../app/place';
import { overallQuery } from '../../app/queries';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { KeyFigureText } from '../../parts/KeyFigureText';
import { LightMark } from '../../parts/marks';
import { Page } from '../../parts/Page';
import { toMinute } from '../../parts/times';
import './leader.css';

const mostReasons = 3;
/** With more contracts than this, those that are in order print without their sentences, so that the sheet stays one. */
const mostOnASheet = 7;
const rank: Record<Light, number> = { red: 0, amber: 1, green: 2 };

/** Everything a leader needs on one sheet of A4: which contracts are in trouble, why, and the few figures that matter. */
export default function Leader() {
  const now = useNow();
  const query = useQuery(overallQuery<ContractCard[]>('/contracts'));
  return (
    <Page title="领导一页" lead={`截至 ${toMinute(now)}。每个数值都可点开查看由来。`} actions={<Button onClick={() => { window.print(); }}>打印</Button>} className={`leader ${(query.data?.length ?? 0) > mostOnASheet ? 'many' : ''}`}>
      <Awaiting query={query} isEmpty={(cards) => cards.length === 0} empty={<div className="panel"><Nothing title="没有您参与的合同">请与安全管理员联系授权。</Nothing></div>}>
        {(cards) => (
          <>
            <Count cards={cards} now={now} />
            <div className="leader-cards">{[...cards].sort((a, b) => rank[a.light] - rank[b.light]).map((card) => <Card key={card.id} card={card} />)}</div>
          </>
        )}
      </Awaiting>
    </Page>
  );
}

function Count({ cards, now }: { cards: ContractCard[]; now: number }) {
  const count = (light: Light) => cards.filter((card) => card.light === light).length;
  return (
    <p className="leader-count">
      <span className="leader-when">截至 {toMinute(now)}</span>
      <span>合同 <b className="number">{cards.length}</b> 份</span>
      {(['red', 'amber', 'green'] as const).map((light) => <span key={light}><LightMark light={light} /> <b className="number">{count(light)}</b></span>)}
    </p>
  );
}

function Card({ card }: { card: ContractCard }) {
  return (
    <article className={`leader-card card ${card.light}`}>
      <header>
        <h2><Link to={contractPath(card.id)}>{card.name}</Link></h2>
        <LightMark light={card.light} />
      </header>
      {card.reasons.length > 0 && <p className="leader-reasons">{card.reasons.slice(0, mostReasons).join('；')}{card.reasons.length > mostReasons && `；等 ${card.reasons.length} 项`}</p>}
      {card.keyFigures.length > 0 && <div className="leader-figures">
        {card.keyFigures.map((figure) => (
          <span key={figure.label}><small>{figure.label}</small> <KeyFigureText figure={figure} contract={card.id} /></span>
        ))}
      </div>}
      <ol>{card.sentences.map((sentence, i) => <li key={i}>{sentence}</li>)}</ol>
    </article>
  );
}
