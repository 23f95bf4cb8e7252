import type { Claim } from '../../api/types';
import { gistOf, stateOf, stepWord, waitsForWord } from './words';

const claim = (changes: Partial<Claim>): Claim => ({
  number: 1, type: 'excuse', title: '免责申请', state: 'proposed', side: 'provider', by: 'u', proposedAt: '', proposalCount: 1, reason: '', evidence: [], history: [], facts: [], mayAnswer: false, mayDecide: false, mayWithdraw: false, ...changes,
});

describe('a claim', () => {
  it('waits for an answer, a finding for what the provider has to say', () => {
    expect(stateOf(claim({})).word).toBe('待答复');
    expect(stateOf(claim({ type: 'finding' })).word).toBe('待申辩');
    expect(stepWord('contested', 'finding')).toBe('申辩');
    expect(stepWord('contested', 'late')).toBe('不接受');
  });
  it('once decided says how', () => {
    expect(stateOf(claim({ type: 'finding', state: 'decided', outcome: 'amended' })).word).toBe('核定变更');
  });
  it('says in one line what it asks for', () => {
    const proposal = { id: 'f', kind: 'outage.started', at: '', subject: 'OUT-1', data: {}, evidence: [] };
    expect(gistOf(claim({ proposal, proposalCount: 3 }), () => '中断')).toBe('中断 · OUT-1 等 3 件');
    expect(gistOf(claim({ about: 'f7' }), () => '')).toBe('事实 f7');
    expect(gistOf(claim({ setting: { lateHours: 48, answerHours: 72 } }), () => '')).toBe('补录时限 48 小时，申辩期限 72 小时');
  });
  it('says whose turn it is', () => {
    expect(waitsForWord('both')).toBe('甲乙双方');
    expect(waitsForWord('provider')).toBe('乙方');
    expect(waitsForWord(undefined)).toBe('—');
  });
});
