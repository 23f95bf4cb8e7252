import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask, of } from '../../api/client';
import type { Claim, Limits } from '../../api/types';
import { useSending } from '../../app/sending';
import { useContract, useContractPath } from '../../app/place';
import { Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';

/** Other limits of time, which hold once the other side agrees. */
export function ProposeLimits({ limits }: { limits: Limits }) {
  const contract = useContract();
  const to = useContractPath();
  const [late, setLate] = useState(String(limits.lateHours));
  const [answer, setAnswer] = useState(String(limits.answerHours));
  const [reason, setReason] = useState('');
  const [told, setTold] = useState(false);
  const send = useSending<void, Claim>(() => ask<Claim>(of(contract, '/claims'), { method: 'POST', json: { type: 'setting', setting: { lateHours: Number(late), answerHours: Number(answer) }, reason: reason.trim(), evidence: [] } }), { contract, quiet: true });
  const whole = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? undefined : '应是整数小时');
  const faults = { late: whole(late), answer: whole(answer), reason: reason.trim() ? undefined : '请写明理由' };
  if (send.data) return <p className="notice good" role="status"><strong>已提出第 {send.data.number} 号时限调整</strong>对方同意后生效。<Link to={to(`claims/${send.data.number}`)}>查看</Link></p>;
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (!faults.late && !faults.answer && !faults.reason) send.mutate(); }}>
      <Field label="补录时限（小时）" required error={told ? faults.late : undefined} hint="发生超过此时限才记录的，须对方同意；1 小时至 366 天">{(id) => <Input id={id} inputMode="numeric" value={late} onChange={(event) => { setLate(event.target.value); }} />}</Field>
      <Field label="申辩期限（小时）" required error={told ? faults.answer : undefined} hint="拟扣提出后乙方在此期限内申辩，逾期由甲方核定；24 小时至 366 天">{(id) => <Input id={id} inputMode="numeric" value={answer} onChange={(event) => { setAnswer(event.target.value); }} />}</Field>
      <Field label="理由" required error={told ? faults.reason : undefined}>{(id) => <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}</Field>
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>提出</Button></div>
    </form>
  );
}
