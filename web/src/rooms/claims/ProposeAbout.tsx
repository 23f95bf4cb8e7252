import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { ask, of } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Claim, EvidenceRef, Fact, FactPage, VocabularyKind } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, useContractPath } from '../../app/place';
import { contractKey } from '../../app/queries';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { EvidenceField } from '../../parts/EvidenceField';
import { Field } from '../../parts/Field';
import { draftOf, excusesOf, factOf, faultsOf, labelOfField, newId } from '../recording/draft';
import { FactForm } from '../recording/FactForm';
import { ProposedFactView } from './ProposedFactView';

type About = 'retraction' | 'correction' | 'excuse';

/** What somebody asks about a fact on record: to take it back, to write it otherwise, to be excused by it. */
export function ProposeAbout({ id, vocabulary }: { id: string; vocabulary: VocabularyKind[] }) {
  const contract = useContract();
  const query = useQuery({
    queryKey: [...contractKey(contract), '/facts', 'one', id],
    queryFn: async ({ signal }) => (await ask<FactPage>(of(contract, '/facts', { id, limit: 1 }), { signal })).facts.find((fact) => fact.id === id) ?? null,
  });
  return (
    <Awaiting query={query} empty={<Nothing title="没有这件事实">编号可能写错，或不对您显示。</Nothing>}>
      {(fact) => fact.retractedBy
        ? <Nothing title="这件事实已经撤回" />
        : <Proposing fact={fact} vocabulary={vocabulary} />}
    </Awaiting>
  );
}

function Proposing({ fact, vocabulary }: { fact: Fact; vocabulary: VocabularyKind[] }) {
  const contract = useContract();
  const to = useContractPath();
  const now = useNow();
  const kind = vocabulary.find((one) => one.kind === fact.kind);
  const excusable = (kind?.fields ?? []).filter((field) => field.excuse).map((field) => field.name);
  const [type, setType] = useState<About>(excusable.length > 0 ? 'excuse' : 'correction');
  const [draft, setDraft] = useState(() => draftOf(fact, kind));
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState<EvidenceRef[]>([]);
  const [uploading, setUploading] = useState(false);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const replacement = useRef(newId(now));
  const send = useSending<void, Claim>(() => {
    const proposal = type === 'retraction' || !kind ? {} : { fact: factOf(draft, kind, contract, replacement.current, fact.evidence) };
    return ask<Claim>(of(contract, '/claims'), { method: 'POST', json: { type, about: fact.id, ...proposal, reason: reason.trim(), evidence: evidence.map((file) => file.sha256) } });
  }, { contract, quiet: true });
  const same = type !== 'retraction' && kind !== undefined && sameAs(fact, factOf(draft, kind, contract, '', []));
  const submit = () => {
    const found = type === 'retraction' ? {} : faultsOf(draft, kind);
    if (!reason.trim()) found['reason'] = '请写明理由';
    if (same) found['same'] = '与原来的相同，没有要更正的内容';
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    send.mutate(undefined, { onError: (error) => { if (error instanceof Problem) setFaults(Object.fromEntries(error.errors.flatMap((one) => (one.field ? [[one.field.replace(/^data\./, ''), one.message]] : [])))); } });
  };
  if (send.data) return <p className="notice good" role="status"><strong>已提出：第 {send.data.number} 号{send.data.title}</strong>对方接受后，原事实撤回{type !== 'retraction' && '，更正后的记入'}；在此以前一切照旧。<Link to={to(`claims/${send.data.number}`)}>查看这件申请</Link></p>;
  const labels = (kind?.fields ?? []).filter((field) => field.excuse).map(labelOfField).join('、');
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} aria-label="提出主张">
      <ProposedFactView fact={{ ...fact, data: fact.data }} vocabulary={vocabulary} recorded />
      <Segmented<About>
        aria-label="提出什么" block value={type}
        onChange={(next) => { setType(next); setFaults({}); send.reset(); if (next !== type) setDraft(draftOf(fact, kind)); }}
        options={[...(excusable.length > 0 ? [{ value: 'excuse' as const, label: '免责' }] : []), { value: 'correction', label: '更正' }, { value: 'retraction', label: '撤回' }]}
      />
      <p className="notice info">{type === 'retraction' ? '请求撤回这件事实：对方接受后不再据以评判，原件与撤回都留在链上。' : type === 'excuse' ? `请求改认${labels}：对方接受后，原事实撤回，以改认后的代替。` : '请求更正：对方接受后，原事实撤回，以更正后的代替，两者都留在链上。'}</p>
      {type !== 'retraction' && (kind
        ? <FactForm contract={contract} vocabulary={vocabulary} draft={draft} onChange={(next) => { setDraft(next); setFaults({}); }} faults={faults} fixed {...(type === 'excuse' ? { only: excusable } : {})} any />
        : <p className="notice">这类事实不在合同现行的词汇中，只能撤回。</p>)}
      {faults['same'] && <p className="field-error" role="alert">{faults['same']}</p>}
      {type === 'correction' && excusesOf(draft, kind).length > 0 && <p className="notice">其中有对己方有利的改动，请在理由中一并说明。</p>}
      <Field label="理由" required error={faults['reason']}>
        {(id) => <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}
      </Field>
      <Field label="证据">{(id) => <EvidenceField id={id} contract={contract} files={evidence} onChange={setEvidence} onBusy={setUploading} />}</Field>
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending} disabled={uploading || (type !== 'retraction' && !kind)}>提出</Button></div>
    </form>
  );
}

function sameAs(fact: Fact, other: { at: string; subject: string; data: Record<string, unknown> }): boolean {
  const sorted = (data: Record<string, unknown>) => JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
  // The form knows minutes only.
  return Math.floor(new Date(fact.at).getTime() / 60_000) === Math.floor(new Date(other.at).getTime() / 60_000) && fact.subject === other.subject && sorted(fact.data) === sorted(other.data);
}
