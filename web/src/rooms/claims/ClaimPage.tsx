import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ask, of } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Claim, EvidenceRef, FactPage, VocabularyKind } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, useContractPath } from '../../app/place';
import { contractKey, contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { EvidenceField } from '../../parts/EvidenceField';
import { EvidenceList } from '../../parts/EvidenceList';
import { Field } from '../../parts/Field';
import { DueText, InstantText, Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { sideWord } from '../../parts/words';
import { draftOf, factOf, faultsOf, newId } from '../recording/draft';
import { FactForm } from '../recording/FactForm';
import { ProposedFactView } from './ProposedFactView';
import { stateOf, stepWord, waitsForWord } from './words';
import './claims.css';

/** One claim: what is asked, by whom and why, everything that was said of it, and what one may do about it now. */
export default function ClaimPage() {
  const contract = useContract();
  const number = useParams()['number'] ?? '';
  const query = useQuery(contractQuery<Claim>(contract, `/claims/${encodeURIComponent(number)}`));
  const vocabulary = useQuery(contractQuery<VocabularyKind[]>(contract, '/vocabulary'));
  const name = useContractOfSession(contract)?.name;
  const claim = query.data;
  return (
    <Page title={claim ? `第 ${claim.number} 号 ${claim.title}` : '主张'} of={name} actions={<Link to=".." relative="path">全部主张与认定</Link>}>
      <Awaiting query={query} rows={10} empty={<div className="panel"><Nothing title="没有这件主张" /></div>}>
        {(one) => <Content claim={one} vocabulary={vocabulary.data ?? []} />}
      </Awaiting>
    </Page>
  );
}

function Content({ claim, vocabulary }: { claim: Claim; vocabulary: VocabularyKind[] }) {
  const contract = useContract();
  const to = useContractPath();
  const now = useNow();
  const may = useMay(contract);
  const state = stateOf(claim);
  const about = useQuery({
    queryKey: [...contractKey(contract), '/facts', 'one', claim.about ?? ''],
    queryFn: async ({ signal }) => (await ask<FactPage>(of(contract, '/facts', { id: claim.about, limit: 1 }), { signal })).facts.find((fact) => fact.id === claim.about) ?? null,
    enabled: Boolean(claim.about),
  });
  const proposals = claim.proposals ?? (claim.proposal ? [claim.proposal] : []);
  const [all, setAll] = useState(false);
  const shown = all ? proposals : proposals.slice(0, 10);
  return (
    <div className="columns">
      <div className="stack">
        <Panel title="所请">
          <div className="form">
            <p>{claim.reason}</p>
            {claim.setting && <p>补录时限改为 {claim.setting.lateHours} 小时，申辩期限改为 {claim.setting.answerHours} 小时。</p>}
            {claim.type === 'retraction' && claim.about && <p>撤回事实 <Link to={to('facts', { fact: claim.about })}>{claim.about}</Link>。</p>}
            {claim.type === 'retraction' && about.data && <ProposedFactView fact={about.data} vocabulary={vocabulary} recorded />}
            {shown.length > 0 && <div>{shown.map((fact) => <ProposedFactView key={fact.id} fact={fact} before={proposals.length === 1 ? (about.data ?? undefined) : undefined} vocabulary={vocabulary} recorded={claim.facts.includes(fact.id)} />)}</div>}
            {proposals.length > shown.length && <Button onClick={() => { setAll(true); }}>其余 {proposals.length - shown.length} 件</Button>}
            {claim.proposalCount > proposals.length && <p className="none">共 {claim.proposalCount} 件，其中 {claim.proposalCount - proposals.length} 件的金额不对您显示。</p>}
          </div>
        </Panel>
        {claim.evidence.length > 0 && <Panel title="证据"><EvidenceList contract={contract} files={claim.evidence} /></Panel>}
        {claim.mayAnswer && <Answer claim={claim} />}
        {claim.mayDecide && <Decide claim={claim} vocabulary={vocabulary} />}
        {claim.mayWithdraw && <Withdraw claim={claim} />}
      </div>
      <div className="stack">
        <Panel title="状态">
          <Facts items={[
            ['状态', <Tag key="s" tone={state.tone}>{state.word}</Tag>],
            ['提出', `${sideWord(claim.side)} ${claim.by}`],
            ['等', waitsForWord(claim.waitsFor)],
            ...(claim.answerDue ? [['期限', <DueText key="d" due={claim.answerDue} now={now} />] as [string, ReactNode]] : []),
            ...(claim.about ? [['原事实', <Link key="a" to={to('facts', { fact: claim.about })}>{claim.about}</Link>] as [string, ReactNode]] : []),
            ...(claim.facts.length > 0 ? [['已记入', <>{claim.facts.slice(0, 20).map((id, i) => <span key={id}>{i > 0 && '、'}<Link to={to('facts', { fact: id })}>{id}</Link></span>)}{claim.facts.length > 20 && ` 等 ${claim.facts.length} 件`}</>] as [string, ReactNode]] : []),
          ]} />
        </Panel>
        <Panel title="经过">
          <ol className="steps-taken">
            {claim.history.map((step, i) => (
              <li key={i}>
                <div className="step-head"><b>{sideWord(step.side)}{stepWord(step.step, claim.type)}</b><small>{step.by}，<InstantText at={step.at} /></small></div>
                {step.reason && <p>{step.reason}</p>}
                {step.amended && <ProposedFactView fact={step.amended} before={claim.proposal} vocabulary={vocabulary} recorded={claim.facts.includes(step.amended.id)} />}
                {i > 0 && step.evidence.length > 0 && <EvidenceList contract={contract} files={step.evidence} />}
              </li>
            ))}
          </ol>
        </Panel>
        {may('read-notes') && <p className="no-print"><Link to={to('notes', { about: String(claim.number) })}>关于此件的内部备注</Link></p>}
      </div>
    </div>
  );
}

function useStep(claim: Claim, step: string) {
  const contract = useContract();
  return useSending<unknown, Claim>((body) => ask<Claim>(of(contract, `/claims/${claim.number}/${step}`), { method: 'POST', json: body }), { contract, quiet: true });
}

function Answer({ claim }: { claim: Claim }) {
  const contract = useContract();
  const finding = claim.type === 'finding';
  const [stand, setStand] = useState<'accept' | 'contest' | ''>('');
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState<EvidenceRef[]>([]);
  const [uploading, setUploading] = useState(false);
  const [told, setTold] = useState(false);
  const send = useStep(claim, 'answer');
  const lacks = stand === 'contest' && !reason.trim();
  return (
    <Panel title={finding ? '申辩' : '答复'}>
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (stand && !lacks) send.mutate({ stand, reason: reason.trim(), evidence: evidence.map((file) => file.sha256) }); }} aria-label={finding ? '申辩' : '答复'}>
        <div className="stands" role="radiogroup" aria-label="立场">
          <label><input type="radio" name="stand" checked={stand === 'accept'} onChange={() => { setStand('accept'); }} /><span>{finding ? '认可这一拟扣' : '接受'}<small>　{finding ? '仍由甲方核定' : '所请立即记入，双方为其作者'}</small></span></label>
          <label><input type="radio" name="stand" checked={stand === 'contest'} onChange={() => { setStand('contest'); }} /><span>{finding ? '申辩：不认可' : '不接受'}<small>　{finding ? '由甲方核定' : '一切照旧，所请不作数'}</small></span></label>
        </div>
        {told && !stand && <p className="field-error" role="alert">请选择</p>}
        <Field label="理由" required={stand === 'contest'} error={told && lacks ? '请写明理由' : undefined}>
          {(id) => <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}
        </Field>
        <Field label="证据">{(id) => <EvidenceField id={id} contract={contract} files={evidence} onChange={setEvidence} onBusy={setUploading} />}</Field>
        {send.error && <Refusal error={send.error} />}
        <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending} disabled={uploading}>{stand === 'accept' ? (finding ? '认可' : '接受') : stand === 'contest' ? (finding ? '提交申辩' : '不接受') : '提交'}</Button></div>
      </form>
    </Panel>
  );
}

type Outcome = 'upheld' | 'amended' | 'rejected';

function Decide({ claim, vocabulary }: { claim: Claim; vocabulary: VocabularyKind[] }) {
  const contract = useContract();
  const now = useNow();
  const proposed = claim.proposal;
  const kind = vocabulary.find((one) => one.kind === proposed?.kind);
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState(() => (proposed ? draftOf(proposed, kind) : null));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [replacement] = useState(() => newId(now));
  const send = useStep(claim, 'decision');
  const submit = () => {
    const found = outcome === 'amended' && draft ? faultsOf(draft, kind) : {};
    if (!outcome) found['outcome'] = '请选择';
    if (!reason.trim()) found['reason'] = '请写明理由';
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    const amended = outcome === 'amended' && draft && kind ? { fact: factOf(draft, kind, contract, replacement, proposed?.evidence ?? []) } : {};
    send.mutate({ outcome, reason: reason.trim(), ...amended }, { onError: (error) => { if (error instanceof Problem) setFaults(Object.fromEntries(error.errors.flatMap((one) => (one.field ? [[one.field.replace(/^data\./, ''), one.message]] : [])))); } });
  };
  const choices: [Outcome, string, string][] = [['upheld', '成立', '按所提记入，计分扣款'], ['amended', '变更', '改为以下内容后记入'], ['rejected', '不成立', '不记入']];
  return (
    <Panel title="核定">
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} aria-label="核定">
        <div className="stands" role="radiogroup" aria-label="核定结果">
          {choices.map(([word, label, tells]) => <label key={word}><input type="radio" name="outcome" checked={outcome === word} onChange={() => { setOutcome(word); }} disabled={word === 'amended' && !draft} /><span>{label}<small>　{tells}</small></span></label>)}
        </div>
        {faults['outcome'] && <p className="field-error" role="alert">{faults['outcome']}</p>}
        {outcome === 'amended' && draft && <FactForm contract={contract} vocabulary={vocabulary} draft={draft} onChange={setDraft} faults={faults} fixed any />}
        <Field label="理由" required error={faults['reason']}>{(id) => <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}</Field>
        {send.error && <Refusal error={send.error} />}
        <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>核定</Button></div>
      </form>
    </Panel>
  );
}

function Withdraw({ claim }: { claim: Claim }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [told, setTold] = useState(false);
  const send = useStep(claim, 'withdrawal');
  if (!open) return <p className="no-print"><Button onClick={() => { setOpen(true); }}>收回这件申请</Button></p>;
  return (
    <Panel title="收回">
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (reason.trim()) send.mutate({ reason: reason.trim() }); }}>
        <Field label="理由" required error={told && !reason.trim() ? '请写明理由' : undefined}>{(id) => <Input.TextArea id={id} autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}</Field>
        {send.error && <Refusal error={send.error} />}
        <div className="form-foot"><Button danger htmlType="submit" loading={send.isPending}>收回</Button><Button onClick={() => { setOpen(false); }}>不收回</Button></div>
      </form>
    </Panel>
  );
}
