import { Link } from 'react-router';
import type { ProposedFact, VocabularyKind } from '../../api/types';
import { useContract, useContractPath } from '../../app/place';
import { EvidenceList } from '../../parts/EvidenceList';
import { InstantText } from '../../parts/marks';
import { toMinute } from '../../parts/times';
import { fieldWord, valueWord } from '../../parts/words';
import { labelOfField, labelOfKind } from '../recording/draft';

/** A value by the contract's own word for it, where it has one. */
export function wordOf(kind: VocabularyKind | undefined, name: string, value: unknown): string {
  const label = kind?.fields.find((field) => field.name === name)?.words?.find((word) => word.word === value)?.label;
  return label && label !== value ? label : valueWord(value);
}

/** A fact that somebody would put on record; beside what stands now, where it would replace that. */
export function ProposedFactView({ fact, before, vocabulary, recorded = false }: { fact: ProposedFact; before?: { at: string; subject: string; data: Record<string, unknown> } | undefined; vocabulary: VocabularyKind[]; recorded?: boolean }) {
  const contract = useContract();
  const to = useContractPath();
  const kind = vocabulary.find((one) => one.kind === fact.kind);
  const names = [...new Set([...Object.keys(fact.data), ...Object.keys(before?.data ?? {})])];
  return (
    <div className="proposed">
      <b>{labelOfKind(kind, fact.kind)} · {fact.subject}</b>
      <dl className="facts narrow">
        <div><dt>发生</dt><dd>{before && toMinute(before.at) !== toMinute(fact.at) && <><del><InstantText at={before.at} /></del> → </>}<InstantText at={fact.at} /></dd></div>
        {before && before.subject !== fact.subject && <div><dt>关于</dt><dd><del>{before.subject}</del> → {fact.subject}</dd></div>}
        {names.map((name) => {
          const field = kind?.fields.find((one) => one.name === name);
          const [was, is] = [before?.data[name], fact.data[name]];
          const changed = before !== undefined && JSON.stringify(was) !== JSON.stringify(is);
          return <div key={name}><dt>{field ? labelOfField(field) : fieldWord(name)}</dt><dd>{changed && <><del>{wordOf(kind, name, was)}</del> → </>}{is === undefined ? '不填' : wordOf(kind, name, is)}</dd></div>;
        })}
        <div><dt>编号</dt><dd>{recorded ? <Link to={to('facts', { fact: fact.id })}>{fact.id}</Link> : <code>{fact.id}</code>}</dd></div>
      </dl>
      {fact.evidence.length > 0 && <EvidenceList contract={contract} files={fact.evidence} />}
    </div>
  );
}
