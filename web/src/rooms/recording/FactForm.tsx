import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { ask, of } from '../../api/client';
import type { FactPage, VocabularyField, VocabularyKind } from '../../api/types';
import { contractKey } from '../../app/queries';
import { Field } from '../../parts/Field';
import { valueWord } from '../../parts/words';
import { excusesOf, labelOfField, labelOfKind, retraction, type Draft } from './draft';

export interface FactFormProps {
  contract: string;
  vocabulary: VocabularyKind[];
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** What is wrong, by field. */
  faults: Record<string, string>;
  /** Of a correction: what happened stays what it is. */
  fixed?: boolean;
  /** Of an excuse: only these questions are asked. */
  only?: string[];
  /** Kinds that the reader may not record, too: for what is only supposed. */
  any?: boolean;
}

/** The questions that the contract's vocabulary asks about something that happened. */
export function FactForm({ contract, vocabulary, draft, onChange, faults, fixed = false, only, any = false }: FactFormProps) {
  const kind = vocabulary.find((one) => one.kind === draft.kind);
  const excuses = excusesOf(draft, kind).map((field) => field.name);
  const set = (name: string, text: string) => { onChange({ ...draft, values: { ...draft.values, [name]: text } }); };
  const fields = (kind?.fields ?? []).filter((field) => !only || only.includes(field.name));
  return (
    <div className="form two">
      {!only && (
        <>
          <Field label="发生了什么" required error={faults['kind']} className="whole">
            {(id, told) => <KindChoice id={id} told={told} vocabulary={vocabulary} any={any} value={draft.kind} disabled={fixed} onChoose={(word) => { onChange({ ...draft, kind: word, values: {} }); }} />}
          </Field>
          <Field label="发生时刻" required error={faults['at']} hint="北京时间">
            {(id, told) => <input id={id} aria-describedby={told} type="datetime-local" step={60} value={draft.at} onChange={(event) => { onChange({ ...draft, at: event.target.value }); }} />}
          </Field>
          <Field label="关于哪一件" required error={faults['subject']} hint="同一件事前后用同一个编号，如 INC-031；请勿写姓名、电话、证件号">
            {(id, told) => <SubjectInput id={id} told={told} contract={contract} kind={draft.kind} value={draft.subject} onChange={(subject) => { onChange({ ...draft, subject }); }} />}
          </Field>
        </>
      )}
      {fields.map((field) => (
        <Field
          key={field.name} label={labelOfField(field)} required={field.required} error={faults[field.name]}
          hint={excuses.includes(field.name) ? <span className="field-excuse">{field.excuse}</span> : undefined}
          className={isLong(field) ? 'whole' : ''}
        >
          {(id, told) => <FieldInput id={id} told={told} field={field} value={draft.values[field.name] ?? ''} onChange={(text) => { set(field.name, text); }} />}
        </Field>
      ))}
      {kind && fields.length === 0 && <p className="none whole">这类事实没有其他要填的内容。</p>}
    </div>
  );
}

const isLong = (field: VocabularyField) => field.type === 'text' && !field.words && /note|reason|说明|理由/.test(field.name + field.label);

function KindChoice({ id, told, vocabulary, value, onChoose, disabled, any }: { id: string; told: string | undefined; vocabulary: VocabularyKind[]; value: string; onChoose: (kind: string) => void; disabled: boolean; any: boolean }) {
  const groups = useMemo(() => {
    const offered = vocabulary.filter((one) => one.kind !== retraction && (any || one.may !== 'no'));
    // What the contract judges by comes first in each group, and groups that it judges by come first.
    const names = [...new Set(offered.map((one) => one.group))].sort((a, b) => Number(offered.some((one) => one.group === b && one.read)) - Number(offered.some((one) => one.group === a && one.read)));
    return names.map((name) => ({
      label: name, title: name,
      options: offered.filter((one) => one.group === name).sort((a, b) => Number(b.read) - Number(a.read)).map((one) => ({
        value: one.kind, text: `${labelOfKind(one, one.kind)} ${one.kind} ${one.group}`, label: <>{labelOfKind(one, one.kind)}{!any && one.may === 'claim' && <small>　须经认可</small>}{!one.read && <small>　本合同不据以评判</small>}</>,
      })),
    }));
  }, [vocabulary, any]);
  return (
    <Select
      id={id} {...(told ? { 'aria-describedby': told } : {})} value={value || null} disabled={disabled} placeholder="输入文字查找，如“到达现场”“巡检”" options={groups}
      showSearch={{ filterOption: (text, option) => ((option as { text?: string } | undefined)?.text ?? '').toLowerCase().includes(text.trim().toLowerCase()) }} listHeight={320}
      onChange={(kind: string) => { onChoose(kind); }} notFoundContent="没有这样的种类，换一个词试试"
    />
  );
}

/** What was spoken of lately, so that what belongs together gets the same name. */
function SubjectInput({ id, told, contract, kind, value, onChange }: { id: string; told: string | undefined; contract: string; kind: string; value: string; onChange: (subject: string) => void }) {
  const recent = useQuery({
    queryKey: [...contractKey(contract), '/facts', 'recent'],
    queryFn: ({ signal }) => ask<FactPage>(of(contract, '/facts', { limit: 300 }), { signal }),
  });
  const options = useMemo(() => {
    const family = kind.split('.')[0] ?? '';
    const facts = recent.data?.facts ?? [];
    const near = facts.filter((fact) => fact.kind.split('.')[0] === family);
    return [...new Set((near.length > 0 ? near : facts).map((fact) => fact.subject))].slice(0, 60).map((subject) => ({ value: subject }));
  }, [recent.data, kind]);
  return <AutoComplete id={id} {...(told ? { 'aria-describedby': told } : {})} value={value} onChange={onChange} options={options} showSearch={{ filterOption: (text, option) => String(option?.value ?? '').toLowerCase().includes(text.toLowerCase()) }} allowClear placeholder="编号，如 INC-031" />;
}

function FieldInput({ id, told, field, value, onChange }: { id: string; told: string | undefined; field: VocabularyField; value: string; onChange: (text: string) => void }) {
  const described = told ? { 'aria-describedby': told } : {};
  const absent = field.default !== undefined && field.default !== null ? `不填按“${valueWord(field.default === 'true' ? true : field.default === 'false' ? false : field.default)}”` : '不填';
  switch (field.type) {
    case 'yes-no':
      return <Select id={id} {...described} value={value || null} allowClear placeholder={absent} onChange={(text: string | undefined) => { onChange(text ?? ''); }} options={[{ value: 'true', label: '是' }, { value: 'false', label: '否' }]} />;
    case 'number':
    case 'whole':
    case 'amount':
      return <Input id={id} {...described} inputMode="decimal" value={value} placeholder={field.required ? '' : absent} onChange={(event) => { onChange(event.target.value); }} suffix={field.type === 'amount' ? '元' : undefined} />;
    case 'date':
      return <input id={id} {...described} type="date" value={value.slice(0, 10)} onChange={(event) => { onChange(event.target.value); }} />;
    case 'instant':
      return <input id={id} {...described} type="datetime-local" value={value} onChange={(event) => { onChange(event.target.value); }} />;
    case 'from':
    case 'until':
      return <DayOrInstant id={id} described={described} label={labelOfField(field)} value={value} onChange={onChange} />;
    default:
      if (field.words && field.words.length > 0) return <WordChoice id={id} described={described} field={field} absent={absent} value={value} onChange={onChange} />;
      return isLong(field)
        ? <Input.TextArea id={id} {...described} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} value={value} onChange={(event) => { onChange(event.target.value); }} />
        : <Input id={id} {...described} maxLength={500} value={value} placeholder={field.required ? '' : absent} onChange={(event) => { onChange(event.target.value); }} />;
  }
}

/** A day means its beginning or its end; a time of day makes it exact. */
function DayOrInstant({ id, described, label, value, onChange }: { id: string; described: object; label: string; value: string; onChange: (text: string) => void }) {
  const [day = '', time = ''] = value.split('T');
  return (
    <div className="pair">
      <input id={id} {...described} type="date" value={day} onChange={(event) => { onChange(event.target.value ? event.target.value + (time ? `T${time}` : '') : ''); }} />
      <input type="time" aria-label={`${label}：时刻，可不填`} value={time} disabled={!day} onChange={(event) => { onChange(day + (event.target.value ? `T${event.target.value}` : '')); }} />
    </div>
  );
}

/** One of the words in use, or another: the vocabulary lists what is known, not what is allowed. */
function WordChoice({ id, described, field, absent, value, onChange }: { id: string; described: object; field: VocabularyField; absent: string; value: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState('');
  const known = (field.words ?? []).map((word) => ({ value: word.word, label: word.label === word.word ? valueWord(word.word) : `${word.label}${/[A-Z]/.test(word.word) ? `（${word.word}）` : ''}` }));
  const other = [typed.trim(), value].filter((text, i, all) => text !== '' && all.indexOf(text) === i && !known.some((word) => word.value === text || word.label === text));
  return (
    <Select
      id={id} {...described} allowClear value={value || null} placeholder={field.required ? '请选择，或输入其他' : absent}
      showSearch={{ optionFilterProp: 'label', onSearch: setTyped }} onChange={(text: string | undefined) => { onChange(text ?? ''); setTyped(''); }}
      options={[...known, ...other.map((text) => ({ value: text, label: text === value ? valueWord(text) : `填写：${text}` }))]}
    />
  );
}
