import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ask, of } from '../../api/client';
import type { Fact, FactPage, VocabularyKind } from '../../api/types';
import { contractKey } from '../../app/queries';
import { useContract, useContractPath } from '../../app/place';
import { useMay } from '../../app/session';
import { Awaiting, Nothing } from '../../parts/Awaiting';
import { EvidenceList } from '../../parts/EvidenceList';
import { InstantText, Tag } from '../../parts/marks';
import { fieldWord, kindWord, valueWord } from '../../parts/words';

/** One fact: what it says, what proves it, where it stands in the chain, and what else was said of the same subject. */
export function FactDetail({ id, known, vocabulary }: { id: string; known: Fact | undefined; vocabulary: VocabularyKind[] }) {
  const contract = useContract();
  const query = useQuery({
    queryKey: [...contractKey(contract), '/facts', 'one', id],
    queryFn: async ({ signal }) => (await ask<FactPage>(of(contract, '/facts', { id, limit: 1 }), { signal })).facts.find((fact) => fact.id === id) ?? null,
    initialData: known,
    enabled: !known,
  });
  return (
    <Awaiting query={query} empty={<Nothing title="没有这件事实">编号可能写错，或在所看时刻尚未记录。</Nothing>}>
      {(fact) => <Content fact={fact} kind={vocabulary.find((one) => one.kind === fact.kind)} />}
    </Awaiting>
  );
}

/** A word of the contract's vocabulary by its label, where it has one. */
function wordOf(kind: VocabularyKind | undefined, field: string, value: unknown): string {
  const label = kind?.fields.find((one) => one.name === field)?.words?.find((one) => one.word === value)?.label;
  return label && label !== value ? label : valueWord(value);
}

function Content({ fact, kind }: { fact: Fact; kind: VocabularyKind | undefined }) {
  const contract = useContract();
  const to = useContractPath();
  const may = useMay(contract);
  const fields = Object.entries(fact.data);
  return (
    <div className="fact-detail">
      <p className="fact-title">{kind?.label ?? kindWord(fact.kind)} · {fact.subject}</p>
      <p className="fact-tags">{fact.retractedBy && <Tag tone="bad">已撤回</Tag>}{fact.late && <Tag tone="warn">补录</Tag>}{fact.claim && <Link to={to(`claims/${fact.claim}`)}>主张 {fact.claim}</Link>}</p>
      <dl className="facts narrow">
        <div><dt>发生</dt><dd><InstantText at={fact.at} seconds /></dd></div>
        <div><dt>记录</dt><dd><InstantText at={fact.recordedAt} seconds /></dd></div>
        <div><dt>记录人</dt><dd>{fact.by.split('+').join('、')}</dd></div>
        <div><dt>种类</dt><dd><code>{fact.kind}</code></dd></div>
        {fact.retractedBy && <div><dt>撤回于</dt><dd><Link to={to('facts', { fact: fact.retractedBy })}>事实 {fact.retractedBy}</Link></dd></div>}
      </dl>
      <h3>内容</h3>
      {fields.length === 0 ? <p className="none">没有其他内容。</p> : (
        <dl className="facts narrow">{fields.map(([field, value]) => <div key={field}><dt>{kind?.fields.find((one) => one.name === field)?.label ?? fieldWord(field)}</dt><dd>{wordOf(kind, field, value)}</dd></div>)}</dl>
      )}
      <h3>证据</h3>
      <EvidenceList contract={contract} files={fact.evidence} />
      <h3>事实链</h3>
      <dl className="facts narrow">
        <div><dt>位置</dt><dd>第 {fact.seq} 件</dd></div>
        <div><dt>散列值</dt><dd><code>{fact.hash}</code></dd></div>
      </dl>
      <p className="fact-more">
        <Link to={to('facts', { subject: fact.subject })}>同一主体的事实</Link>
        {may('propose-claim') && !fact.retractedBy && <Link to={to('claims', { about: fact.id })}>提出撤回、更正或免责</Link>}
      </p>
    </div>
  );
}
