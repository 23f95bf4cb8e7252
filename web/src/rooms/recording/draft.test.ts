import type { VocabularyField, VocabularyKind } from '../../api/types';
import { draftOf, excusesOf, factOf, faultOf, faultsOf, hoursAgo, newId, type Draft } from './draft';

const field = (name: string, type: VocabularyField['type'], changes: Partial<VocabularyField> = {}): VocabularyField => ({ name, label: name, type, required: false, ...changes });
const kind: VocabularyKind = {
  kind: 'outage.started', label: '中断开始', group: '中断', read: true, may: 'record',
  fields: [field('attributable', 'text', { excuse: '归责于他人' }), field('in_scope', 'yes-no', { excuse: '不在范围' }), field('loss', 'amount'), field('count', 'whole', { required: true }), field('from', 'from'), field('note', 'text')],
};
const draft = (values: Record<string, string> = {}, changes: Partial<Draft> = {}): Draft => ({ kind: kind.kind, at: '2025-12-08T08:30', subject: ' OUT-1 ', values, rest: {}, ...changes });

describe('a draft', () => {
  it('becomes a fact whose values have the types of the vocabulary', () => {
    expect(factOf(draft({ in_scope: 'false', loss: '1200.50', count: '2', from: '2025-12-01', note: '说明' }), kind, 'c', 'f1', [])).toEqual({
      id: 'f1', contract: 'c', kind: 'outage.started', at: '2025-12-08T08:30:00+08:00', subject: 'OUT-1', evidence: [],
      data: { in_scope: false, loss: 1200.5, count: 2, from: '2025-12-01', note: '说明' },
    });
  });
  it('says nothing in a field left empty', () => {
    expect(factOf(draft({ note: '  ' }), kind, 'c', 'f1', []).data).toEqual({});
  });
  it('of a fact on record comes back the same, with what the form does not know', () => {
    const fact = { kind: kind.kind, at: '2025-12-08T00:30:00Z', subject: 'OUT-1', data: { in_scope: true, from: '2025-12-01T09:00:00+08:00', loss: 10, site: ['a'] } };
    const again = draftOf(fact, kind);
    expect(again.at).toBe('2025-12-08T08:30');
    expect(factOf(again, kind, 'c', 'f2', []).data).toEqual(fact.data);
  });
  it('names every field that is wrong', () => {
    expect(Object.keys(faultsOf(draft({ loss: '1,200' }, { subject: ' ', at: '' }), kind))).toEqual(['at', 'subject', 'loss', 'count']);
    expect(faultsOf(draft({ count: '0' }), kind)).toEqual({});
    expect(faultsOf(draft(), undefined)).toHaveProperty('kind');
  });
  it('does not take a number that the browser cannot hold', () => {
    expect(faultOf(field('loss', 'amount'), '12345678901234.56')).toBe('位数过多');
    expect(faultOf(field('loss', 'amount'), '1234567890123.45')).toBeUndefined();
    expect(faultOf(field('share', 'number'), '50%')).toMatch(/小数/);
  });
  it('tells what excuses its author before it is handed in', () => {
    const names = (values: Record<string, string>) => excusesOf(draft(values), kind).map((one) => one.name);
    expect(names({ attributable: 'buyer', in_scope: 'false' })).toEqual(['attributable', 'in_scope']);
    expect(names({ attributable: 'provider', in_scope: 'true' })).toEqual([]);
    expect(names({})).toEqual([]);
  });
  it('knows how long ago it happened', () => {
    expect(hoursAgo(draft(), new Date('2025-12-09T08:30:00+08:00').getTime())).toBe(24);
  });
  it('gets an id that says the day and is never the same', () => {
    const now = new Date('2025-12-08T08:30:00+08:00').getTime();
    expect(newId(now)).toMatch(/^f-20251208-[0-9a-f]{10}$/);
    expect(newId(now)).not.toBe(newId(now));
  });
});
