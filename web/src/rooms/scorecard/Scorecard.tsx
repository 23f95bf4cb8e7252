import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Scorecard as Card, ScoreItem, ScoreRule } from '../../api/types';
import { useContract, useContractPath, useMoment } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { InstantText } from '../../parts/marks';
import { isNegative, isZero, signed } from '../../parts/numbers';
import { Page, Panel } from '../../parts/Page';
import './scorecard.css';

/** Item, rule, occurrence, fact: how each point was lost or won. */
export default function Scorecard() {
  const contract = useContract();
  const query = useQuery(contractQuery<Card[]>(contract, '/scorecard', { ...useMoment() }));
  const to = useContractPath();
  return (
    <Page title="评分" of={useContractOfSession(contract)?.name} lead="逐项展开：评分项、规则、每次发生、所据事实。">
      <Awaiting
        query={query}
        isEmpty={(cards) => cards.length === 0}
        empty={<div className="panel"><Nothing title="此刻没有评分表">本合同不设评分，或考核周期尚未开始。履约情况见 <Link to={to('duties')}>义务</Link> 与 <Link to={to('clocks')}>时限</Link>。</Nothing></div>}
      >
        {(cards) => <div className="stack">{cards.map((card) => <CardPanel key={card.card} card={card} />)}</div>}
      </Awaiting>
    </Page>
  );
}

function CardPanel({ card }: { card: Card }) {
  return (
    <Panel title={card.label} extra={card.score !== null && card.score !== undefined ? <span className="score-total"><FigureLink address={card.address} label={card.label} className="number">{card.score}</FigureLink> 分</span> : undefined} flush>
      <ul className="score">{card.items.map((item) => <Item key={item.item} item={item} />)}{card.onTotal && card.onTotal.length > 0 && <OnTotal rules={card.onTotal} />}</ul>
    </Panel>
  );
}

function Item({ item }: { item: ScoreItem }) {
  const touched = item.rules.filter((rule) => !isZero(rule.points) || rule.occurrences.length > 0);
  const idle = item.rules.filter((rule) => !touched.includes(rule));
  const [open, setOpen] = useState(touched.length > 0);
  const full = item.full ? Number(item.full) : 0;
  const share = full > 0 ? Math.min(1, Math.max(0, Number(item.score) / full)) : null;
  const id = `item-${item.item}`;
  return (
    <li>
      <div className="score-item">
        <button type="button" className="twist" aria-expanded={open} aria-controls={id} aria-label={`${open ? '收起' : '展开'} ${item.label}`} onClick={() => { setOpen(!open); }}>{open ? '−' : '+'}</button>
        <span className="score-name">{item.label}</span>
        {share === null ? <span /> : <span className="bar" aria-hidden><span className={`bar-fill ${share < 0.6 ? 'low' : ''}`} style={{ width: `${share * 100}%` }} /></span>}
        <span className="score-points number"><FigureLink address={item.address} label={item.label}>{item.score}</FigureLink>{item.full && <small> / {item.full}</small>}</span>
      </div>
      {open && (
        <div id={id} className="score-rules">
          {touched.length === 0 && <p className="none">没有扣分，也没有加分。</p>}
          {touched.map((rule) => <Rule key={rule.rule} rule={rule} />)}
          {idle.length > 0 && <p className="none score-idle">没有发生：{idle.map((rule) => rule.label).join('；')}</p>}
        </div>
      )}
    </li>
  );
}

function OnTotal({ rules }: { rules: ScoreRule[] }) {
  return (
    <li>
      <div className="score-item"><span /><span className="score-name">作用于总分</span></div>
      <div className="score-rules">{rules.map((rule) => <Rule key={rule.rule} rule={rule} />)}</div>
    </li>
  );
}

const mostAtFirst = 5;

function Rule({ rule }: { rule: ScoreRule }) {
  const [all, setAll] = useState(false);
  const shown = all ? rule.occurrences : rule.occurrences.slice(0, mostAtFirst);
  return (
    <div className="score-rule">
      <div className="score-rule-head">
        <span>{rule.label}</span>
        <b className={`number ${isNegative(rule.points) ? 'minus' : isZero(rule.points) ? 'zero' : 'plus'}`}><FigureLink address={rule.address} label={rule.label}>{signed(rule.points)}</FigureLink></b>
      </div>
      {shown.length > 0 && <ul>{shown.map((one, i) => <Happening key={i} one={one} />)}</ul>}
      {rule.occurrences.length > mostAtFirst && <button type="button" className="plain" onClick={() => { setAll(!all); }}>{all ? '只看前几次' : `全部 ${rule.occurrences.length} 次`}</button>}
    </div>
  );
}

function Happening({ one }: { one: ScoreRule['occurrences'][number] }) {
  const to = useContractPath();
  return (
    <li>
      <span className="number"><InstantText at={one.at} /></span>
      <span>{one.subject}<span className="score-facts">{one.facts.map((fact) => <Link key={fact} to={to('facts', { fact })}>事实 {fact}</Link>)}</span></span>
      <span className={`number right ${isNegative(one.points) ? 'minus' : ''}`}><FigureLink address={one.address}>{signed(one.points)}</FigureLink></span>
    </li>
  );
}
