import type { Claim, ClaimState } from '../../api/types';
import type { Tone } from '../../parts/words';
import { sideWord } from '../../parts/words';

const states: Record<ClaimState, { word: string; tone: Tone }> = {
  proposed: { word: '待答复', tone: 'warn' }, answered: { word: '待核定', tone: 'warn' }, lapsed: { word: '期满待核定', tone: 'warn' },
  accepted: { word: '已接受', tone: 'good' }, refused: { word: '未接受', tone: 'bad' }, decided: { word: '已核定', tone: 'info' }, withdrawn: { word: '已收回', tone: 'quiet' },
};

/** Where a claim stands, in the words of its type: a finding is not refused but argued against. */
export function stateOf(claim: Pick<Claim, 'type' | 'state' | 'outcome'>): { word: string; tone: Tone } {
  if (claim.type === 'finding' && claim.state === 'proposed') return { word: '待申辩', tone: 'warn' };
  if (claim.state === 'decided' && claim.outcome) return { word: stepWord(claim.outcome, claim.type), tone: claim.outcome === 'rejected' ? 'quiet' : 'info' };
  return states[claim.state];
}

export function stepWord(step: string, type: Claim['type']): string {
  if (type === 'finding') {
    if (step === 'proposed') return '提出拟扣';
    if (step === 'accepted') return '认可拟扣';
    if (step === 'contested') return '申辩';
  }
  const words: Record<string, string> = { proposed: '提出', accepted: '接受', contested: '不接受', upheld: '核定成立', amended: '核定变更', rejected: '核定不成立', withdrawn: '收回' };
  return words[step] ?? step;
}

export function waitsForWord(waitsFor: string | null | undefined): string {
  if (!waitsFor) return '—';
  return waitsFor === 'both' ? '甲乙双方' : sideWord(waitsFor);
}

/** What somebody asks for, in one line. */
export function gistOf(claim: Claim, labelOf: (kind: string) => string): string {
  if (claim.setting) return `补录时限 ${claim.setting.lateHours} 小时，申辩期限 ${claim.setting.answerHours} 小时`;
  const fact = claim.proposal;
  const about = fact ? `${labelOf(fact.kind)} · ${fact.subject}` : claim.about ? `事实 ${claim.about}` : '内容不对您显示';
  return claim.proposalCount > 1 ? `${about} 等 ${claim.proposalCount} 件` : about;
}
