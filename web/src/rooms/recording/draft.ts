import type { EvidenceRef, ProposedFact, VocabularyField, VocabularyKind } from '../../api/types';
import { fromField, toField } from '../../parts/times';
import { fieldWord, kindWord } from '../../parts/words';

/** A fact as it is being written: texts as the fields of the form hold them. */
export interface Draft {
  kind: string;
  /** As a field for date and time holds it, Beijing time. */
  at: string;
  subject: string;
  values: Record<string, string>;
  /** What a corrected fact says besides, in fields that the form does not have; kept as it is. */
  rest: Record<string, unknown>;
}

export const retraction = 'fact.retracted';
export const findingKind = 'finding.recorded';

export function emptyDraft(now: number): Draft {
  return { kind: '', at: toField(new Date(now).toISOString()), subject: '', values: {}, rest: {} };
}

/** A fact that is on record, to be written otherwise. */
export function draftOf(fact: { kind: string; at: string; subject: string; data: Record<string, unknown> }, kind: VocabularyKind | undefined): Draft {
  const values: Record<string, string> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fact.data)) {
    const field = kind?.fields.find((one) => one.name === name);
    const text = field ? textOf(value, field) : undefined;
    if (text === undefined) rest[name] = value;
    else values[name] = text;
  }
  return { kind: fact.kind, at: toField(fact.at), subject: fact.subject, values, rest };
}

const withTime = /^\d{4}-\d{2}-\d{2}T/;

function textOf(value: unknown, field: VocabularyField): string | undefined {
  if (typeof value === 'boolean' && field.type === 'yes-no') return String(value);
  if (typeof value === 'number' && isNumeric(field)) return String(value);
  if (typeof value !== 'string') return undefined;
  return isTime(field) && withTime.test(value) ? toField(value) : value;
}

const isNumeric = (field: VocabularyField) => field.type === 'number' || field.type === 'whole' || field.type === 'amount';
const isTime = (field: VocabularyField) => field.type === 'date' || field.type === 'instant' || field.type === 'from' || field.type === 'until';

const decimal = /^-?\d+(\.\d+)?$/;
/** More digits than a number of the browser holds exactly. */
const mostDigits = 15;

/** What is wrong with the answer to one question; undefined: nothing. */
export function faultOf(field: VocabularyField, text: string): string | undefined {
  const value = text.trim();
  if (value === '') return field.required ? '请填写' : undefined;
  if (!isNumeric(field)) return undefined;
  if (field.type === 'whole') return /^\d+$/.test(value) ? undefined : '应是不小于零的整数';
  if (!decimal.test(value)) return field.type === 'amount' ? '应是金额，如 1200.50；不写千分位与“元”' : '应是数，如 0.5；百分数请写成小数';
  return value.replace(/[-.]/g, '').length > mostDigits ? '位数过多' : undefined;
}

/** What is wrong with a draft, by field; `kind`, `at` and `subject` are fields too. */
export function faultsOf(draft: Draft, kind: VocabularyKind | undefined): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!kind) faults['kind'] = '请选择发生了什么';
  if (!draft.at) faults['at'] = '请填写发生的时刻';
  if (!draft.subject.trim()) faults['subject'] = '请填写是关于哪一件的';
  for (const field of kind?.fields ?? []) {
    const fault = faultOf(field, draft.values[field.name] ?? '');
    if (fault) faults[field.name] = fault;
  }
  return faults;
}

/** The fact that a draft says, as the ledger takes it. Fields left empty are not said. */
export function factOf(draft: Draft, kind: VocabularyKind, contract: string, id: string, evidence: EvidenceRef[]): Omit<ProposedFact, 'evidence'> & { contract: string; evidence: EvidenceRef[] } {
  const data: Record<string, unknown> = { ...draft.rest };
  for (const field of kind.fields) {
    const text = (draft.values[field.name] ?? '').trim();
    if (text === '') delete data[field.name];
    else data[field.name] = valueOf(field, text);
  }
  return { id, contract, kind: draft.kind, at: fromField(draft.at), subject: draft.subject.trim(), data, evidence };
}

function valueOf(field: VocabularyField, text: string): unknown {
  if (field.type === 'yes-no') return text === 'true';
  if (isNumeric(field)) return Number(text);
  return isTime(field) && withTime.test(text) ? fromField(text) : text;
}

/**
 * Fields whose answers excuse the author, so that the other side must agree: which values do is the ledger's to say; those that it always
 * takes for an excuse are known here to tell in time.
 */
export function excusesOf(draft: Draft, kind: VocabularyKind | undefined): VocabularyField[] {
  return (kind?.fields ?? []).filter((field) => {
    const text = (draft.values[field.name] ?? '').trim();
    if (!field.excuse || text === '') return false;
    if (field.name === 'attributable') return text !== 'provider';
    return field.type === 'yes-no' && text === 'false';
  });
}

/** Hours between what happened and now; negative for what lies ahead. */
export function hoursAgo(draft: Draft, now: number): number {
  return draft.at ? (now - new Date(fromField(draft.at)).getTime()) / 3_600_000 : 0;
}

export const labelOfField = (field: VocabularyField): string => (field.label === field.name ? fieldWord(field.name) : field.label);
export const labelOfKind = (kind: VocabularyKind | undefined, word: string): string => (kind && kind.label !== kind.kind ? kind.label : kindWord(word));

/** An id for a fact that nobody has used: the day for people, the rest by chance. */
export function newId(now: number): string {
  const chance = [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `f-${toField(new Date(now).toISOString()).slice(0, 10).replaceAll('-', '')}-${chance}`;
}
