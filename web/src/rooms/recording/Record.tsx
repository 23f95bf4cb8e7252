import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ask, of } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Claim, EvidenceRef, Limits, Receipt, VocabularyKind } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, useContractPath } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { EvidenceField } from '../../parts/EvidenceField';
import { Field } from '../../parts/Field';
import { Hash, InstantText } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { draftOf, emptyDraft, excusesOf, factOf, faultsOf, findingKind, hoursAgo, labelOfField, newId, type Draft } from './draft';
import { FactForm } from './FactForm';

/** Recording something that happened, step by step: what, when, about which, what else, what proves it. */
export default function Record() {
  const contract = useContract();
  const vocabulary = useQuery(contractQuery<VocabularyKind[]>(contract, '/vocabulary'));
  const limits = useQuery(contractQuery<Limits>(contract, '/claims/settings'));
  const may = useMay(contract);
  return (
    <Page title="记录事实" of={useContractOfSession(contract)?.name} lead="写下发生了什么、何时、关于哪一件；记下的不能改，只能由双方认可后撤回或更正。" actions={may('propose-claim') && <Link to="../late" relative="path">多件补录（Excel）</Link>}>
      <Awaiting query={vocabulary} rows={10} isEmpty={(kinds) => kinds.every((kind) => kind.may === 'no')} empty={<div className="panel"><Nothing title="您的角色不记录这份合同的事实">如应当能够记录，请与安全管理员联系授权。</Nothing></div>}>
        {(kinds) => <RecordForm vocabulary={kinds} lateHours={limits.data?.lateHours ?? 24} />}
      </Awaiting>
    </Page>
  );
}

type Way = 'fact' | 'excuse' | 'late' | 'finding';
interface Done { receipt?: Receipt; claim?: Claim }

function RecordForm({ vocabulary, lateHours }: { vocabulary: VocabularyKind[]; lateHours: number }) {
  const contract = useContract();
  const now = useNow();
  const [search] = useSearchParams();
  const [draft, setDraft] = useState<Draft>(() => begun(search.get('kind'), search.get('subject'), now, vocabulary));
  const [evidence, setEvidence] = useState<EvidenceRef[]>([]);
  const [reason, setReason] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [uploading, setUploading] = useState(false);
  /** What the ledger said that makes this draft a claim. */
  const [asked, setAsked] = useState<string[]>([]);
  const [done, setDone] = useState<Done | null>(null);
  // The same content keeps its id, so that trying again after a lost answer records it once.
  const identity = useRef({ content: '', id: '' });
  const kind = vocabulary.find((one) => one.kind === draft.kind);
  const excuses = excusesOf(draft, kind);
  const late = hoursAgo(draft, now) > lateHours;
  const way: Way = draft.kind === findingKind ? 'finding' : late || asked.includes('at') ? 'late' : kind?.may === 'claim' || excuses.length > 0 || asked.length > 0 ? 'excuse' : 'fact';

  const change = (next: Draft) => {
    setDraft(next);
    setAsked([]);
    send.reset();
    setFaults((now) => Object.fromEntries(Object.entries(now).filter(([name]) => name === 'reason' || name === 'evidence' || (next.values[name] === draft.values[name] && (name !== 'kind' || next.kind === draft.kind) && (name !== 'subject' || next.subject === draft.subject) && (name !== 'at' || next.at === draft.at)))));
  };

  const send = useSending<void, Done>(async () => {
    if (!kind) throw new Error('No kind was chosen.');
    const content = JSON.stringify([draft, evidence]);
    if (identity.current.content !== content) identity.current = { content, id: newId(now) };
    const fact = factOf(draft, kind, contract, identity.current.id, evidence);
    if (way === 'fact') return { receipt: await ask<Receipt>(of(contract, '/facts'), { method: 'POST', json: fact }) };
    return { claim: await ask<Claim>(of(contract, '/claims'), { method: 'POST', json: { type: way, fact, reason: reason.trim(), evidence: evidence.map((file) => file.sha256) } }) };
  }, { contract, quiet: true });

  const submit = () => {
    const found = faultsOf(draft, kind);
    if (way !== 'fact' && !reason.trim()) found['reason'] = '请写明理由';
    if (way === 'late' && evidence.length === 0) found['evidence'] = '补录须附证据';
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    send.mutate(undefined, {
      onSuccess: setDone,
      onError: (error) => {
        if (!(error instanceof Problem)) return;
        if (error.word === 'claim-required') { setAsked((error.more['fields'] as string[] | undefined) ?? ['kind']); send.reset(); return; }
        setFaults(Object.fromEntries(error.errors.flatMap((one) => (one.field ? [[one.field.replace(/^data\./, ''), one.message]] : []))));
      },
    });
  };

  if (done) return <Receipted done={done} again={() => { setDone(null); setDraft({ ...draft, subject: '', values: {}, rest: {} }); setEvidence([]); setReason(''); setFaults({}); setAsked([]); send.reset(); }} />;
  return (
    <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} aria-label="记录事实">
      <Panel title="事实">
        <FactForm contract={contract} vocabulary={vocabulary} draft={draft} onChange={change} faults={faults} />
      </Panel>
      <Panel title="证据" extra={way === 'late' ? '必附' : '有则附上，便于日后查证'}>
        <Field label="文件" required={way === 'late'} error={faults['evidence']}>{(id) => <EvidenceField id={id} contract={contract} files={evidence} onChange={setEvidence} onBusy={setUploading} />}</Field>
      </Panel>
      {way !== 'fact' && (
        <Panel title={way === 'late' ? '作为补录提出' : way === 'finding' ? '作为拟扣提出' : '作为主张提出'}>
          <div className="form">
            <p className="notice">{sentenceOf(way, { lateHours, hours: hoursAgo(draft, now), lowers: asked.includes('severity'), excuses: [...excuses.map(labelOfField), ...asked.filter((name) => name !== 'at' && name !== 'kind' && !excuses.some((field) => field.name === name)).map((name) => { const field = kind?.fields.find((one) => one.name === name); return field ? labelOfField(field) : name; })] })}</p>
            <Field label="理由" required error={faults['reason']} hint="对方据此答复，写入主张的历史，不能修改">
              {(id, told) => <Input.TextArea id={id} {...(told ? { 'aria-describedby': told } : {})} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); setFaults(({ reason: _, ...rest }) => rest); }} />}
            </Field>
          </div>
        </Panel>
      )}
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot">
        <Button type="primary" htmlType="submit" loading={send.isPending} disabled={uploading}>{buttons[way]}</Button>
        {uploading && <small>文件正在上传……</small>}
      </div>
    </form>
  );
}

const buttons: { [way in Way]: string } = { fact: '记录', excuse: '提出主张', late: '提出补录', finding: '提出拟扣' };

function sentenceOf(way: Way, { lateHours, hours, excuses, lowers }: { lateHours: number; hours: number; excuses: string[]; lowers: boolean }): string {
  const days = hours >= 48 ? `${Math.floor(hours / 24)} 天` : `${Math.floor(hours)} 小时`;
  if (way === 'late') return `这件事发生在 ${days} 以前，超过本合同的 ${lateHours} 小时。补录须写明理由、附上证据，对方同意后才记入，并在评估报告中注明。`;
  if (way === 'finding') return '人工认定先作为拟扣提出，由乙方在期限内申辩，再由甲方复核或分管领导核定；核定以前不计分、不扣款。';
  const named = `“${excuses.join('”“')}”这样填写对己方有利，须由对方接受。`;
  if (lowers) return `${named}对方接受后，以此更正已经记录的；在此以前按已经记录的评判。`;
  if (excuses.length > 0) return `${named}提出后，其余内容立即记录；这一项在对方接受前不作数。`;
  return '这类事实须经对方认可：提出后由对方答复，接受了才记入。';
}

/** A form that a link begins: what of it, and about which. */
function begun(kind: string | null, subject: string | null, now: number, vocabulary: VocabularyKind[]): Draft {
  const draft = kind && vocabulary.some((one) => one.kind === kind) ? draftOf({ kind, at: new Date(now).toISOString(), subject: '', data: {} }, undefined) : emptyDraft(now);
  return { ...draft, subject: subject ?? '' };
}

function Receipted({ done, again }: { done: Done; again: () => void }) {
  const to = useContractPath();
  return (
    <Panel>
      <div className="form" role="status">
        {done.receipt && (
          <div className="notice good">
            <strong>已记录，是事实链上的第 {done.receipt.seq} 件</strong>
            编号 <Link to={to('facts', { fact: done.receipt.id })}>{done.receipt.id}</Link>，<InstantText at={done.receipt.recordedAt} seconds />；散列值 <Hash text={done.receipt.hash} length={24} />。评分与金额随即更新。
          </div>
        )}
        {done.claim && (
          <div className="notice good">
            <strong>已提出：第 {done.claim.number} 号{done.claim.title}</strong>
            {done.claim.facts.length > 0 && <>其中不需认可的内容已经记录。</>}{done.claim.answerDue && <>等对方在 <InstantText at={done.claim.answerDue} /> 前答复。</>}
          </div>
        )}
        <div className="form-foot">
          <Button type="primary" onClick={again} autoFocus>再记一件</Button>
          {done.receipt && <Link to={to('facts', { fact: done.receipt.id })}>查看这件事实</Link>}
          {done.claim && <Link to={to(`claims/${done.claim.number}`)}>查看这件主张</Link>}
          <Link to={to('scorecard')}>查看评分</Link>
        </div>
      </div>
    </Panel>
  );
}
