import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Claim, Limits, VocabularyKind } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useContract, useContractPath, useMoment, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { DueText, InstantText, Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { sideWord } from '../../parts/words';
import { labelOfKind } from '../recording/draft';
import { ProposeAbout } from './ProposeAbout';
import { ProposeLimits } from './ProposeLimits';
import { gistOf, stateOf, waitsForWord } from './words';
import './claims.css';

const open = new Set(['proposed', 'answered', 'lapsed']);

/** Everything that one side asked of the other: excuses, retractions, corrections, late entries, findings; and what came of it. */
export default function Claims() {
  const contract = useContract();
  const { recorded } = useMoment();
  const now = useNow();
  const may = useMay(contract);
  const to = useContractPath();
  const navigate = useNavigate();
  const [which, setWhich] = usePart('which', 'open');
  const [about, setAbout] = usePart('about');
  const [limiting, setLimiting] = useState(false);
  const query = useQuery(contractQuery<Claim[]>(contract, '/claims', { recorded }));
  const vocabulary = useQuery(contractQuery<VocabularyKind[]>(contract, '/vocabulary'));
  const limits = useQuery(contractQuery<Limits>(contract, '/claims/settings'));
  const label = (kind: string) => labelOfKind(vocabulary.data?.find((one) => one.kind === kind), kind);
  const isMine = (claim: Claim) => claim.mayAnswer || claim.mayDecide;
  return (
    <Page
      title="主张与认定" of={useContractOfSession(contract)?.name} lead="对己方有利的说法、撤回、更正、补录与拟扣，须对方答复或核定后才作数；全过程留在账上。"
      actions={may('propose-claim') && <><Link to={to('record')}><Button type="primary">提出</Button></Link><Link to={to('facts')}>从事实提出撤回或更正</Link></>}
    >
      <Awaiting query={query} rows={8} isEmpty={(claims) => claims.length === 0} empty={<div className="panel"><Nothing title="还没有主张与认定">记录事实时，凡须对方认可的会在这里等待答复；撤回与更正从某件事实的详情提出。</Nothing></div>}>
        {(claims) => {
          const lists: Record<string, Claim[]> = { mine: claims.filter(isMine), open: claims.filter((one) => open.has(one.state)), closed: claims.filter((one) => !open.has(one.state)), all: claims };
          const shown = lists[which] ?? claims;
          return (
            <div className="stack">
              <div className="filters">
                <Segmented aria-label="看哪些" value={which} onChange={setWhich} options={[{ value: 'mine', label: `等我办 ${lists['mine']?.length ?? 0}` }, { value: 'open', label: `未了结 ${lists['open']?.length ?? 0}` }, { value: 'closed', label: `已了结 ${lists['closed']?.length ?? 0}` }, { value: 'all', label: `全部 ${claims.length}` }]} />
              </div>
              <Panel flush>
                {shown.length === 0
                  ? <Nothing title={which === 'mine' ? '没有等您答复或核定的' : '没有这样的主张'}><button type="button" className="plain" onClick={() => { setWhich('all'); }}>看全部</button></Nothing>
                  : <Sheet caption="主张与认定" columns={columns(now, label)} rows={shown} rowKey={(claim) => String(claim.number)} onOpen={(claim) => { void navigate(to(`claims/${claim.number}`)); }} />}
              </Panel>
            </div>
          );
        }}
      </Awaiting>
      <Panel title="时限" extra={may('answer-claim') && <Button size="small" onClick={() => { setLimiting(true); }}>提议调整</Button>}>
        <Awaiting query={limits} rows={1}>{(one) => <p>发生超过 <b className="number">{one.lateHours}</b> 小时才记录的为补录；拟扣提出后 <b className="number">{one.answerHours}</b> 小时内可以申辩。双方同意即可调整。</p>}</Awaiting>
      </Panel>
      <Drawer open={about !== ''} onClose={() => { setAbout(null); }} size={620} title={`关于事实 ${about}`} destroyOnHidden>
        {about !== '' && vocabulary.data && <ProposeAbout id={about} vocabulary={vocabulary.data} />}
      </Drawer>
      <Drawer open={limiting} onClose={() => { setLimiting(false); }} size={460} title="提议调整时限" destroyOnHidden>
        {limits.data && <ProposeLimits limits={limits.data} />}
      </Drawer>
    </Page>
  );
}

const columns = (now: number, label: (kind: string) => string): Column<Claim>[] => [
  { key: 'number', title: '申请', head: true, tight: true, render: (claim) => <Link to={String(claim.number)} relative="path">第 {claim.number} 号 {claim.title}</Link>, sort: (claim) => claim.number },
  { key: 'state', title: '状态', tight: true, render: (claim) => { const state = stateOf(claim); return <Tag tone={state.tone}>{state.word}</Tag>; } },
  { key: 'gist', title: '内容', width: 12, render: (claim) => gistOf(claim, label) },
  { key: 'reason', title: '理由', width: 14, render: (claim) => <span className="claim-reason">{claim.reason}</span> },
  { key: 'side', title: '提出', tight: true, render: (claim) => <span>{sideWord(claim.side)} <InstantText at={claim.proposedAt} /></span>, sort: (claim) => claim.proposedAt },
  { key: 'waits', title: '等', tight: true, render: (claim) => waitsForWord(claim.waitsFor) },
  { key: 'due', title: '期限', render: (claim) => (claim.answerDue ? <DueText due={claim.answerDue} now={now} /> : '—') },
];
