import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask, of } from '../../api/client';
import type { Note } from '../../api/types';
import { useSending } from '../../app/sending';
import { useContract, useContractPath, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';
import { InstantText } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { sideWord } from '../../parts/words';
import './notes.css';

/** What one side writes down for itself. */
export default function Notes() {
  const contract = useContract();
  const may = useMay(contract);
  const own = useContractOfSession(contract);
  const [about, setAbout] = usePart('about');
  const query = useQuery(contractQuery<Note[]>(contract, '/notes', { about }));
  return (
    <Page title="内部备注" of={own?.name} lead={`只有${own && own.side !== 'neither' ? sideWord(own.side) : '本方'}看得到；不是事实，不影响评判，写下后不能改。`}>
      {about !== '' && <p>只看关于 <About about={about} /> 的备注。<button type="button" className="plain" onClick={() => { setAbout(null); }}>看全部</button></p>}
      {may('write-notes') && <Write key={about} about={about} />}
      <Awaiting query={query} rows={5} isEmpty={(notes) => notes.length === 0} empty={<div className="panel"><Nothing title="还没有备注">可以记下内部的判断、待核实的事项；对方看不到。</Nothing></div>}>
        {(notes) => (
          <Panel>
            <ul className="notes">{[...notes].sort((a, b) => b.number - a.number).map((note) => (
              <li key={note.number}>
                <p className="note-text">{note.text}</p>
                <small>{note.by}，<InstantText at={note.at} />{note.about && <>，关于 <About about={note.about} /></>}</small>
              </li>
            ))}</ul>
          </Panel>
        )}
      </Awaiting>
    </Page>
  );
}

/** What a note is about: a claim by its number, a figure by its address, else a fact. */
function About({ about }: { about: string }) {
  const to = useContractPath();
  if (/^\d+$/.test(about)) return <Link to={to(`claims/${about}`)}>第 {about} 号主张</Link>;
  if (/^\d{4}-\d{3}$/.test(about)) return <Link to={to(`statements/${about}`)}>评估报告 {about}</Link>;
  if (about.includes('/')) return <Link to={to('notes', { trace: about })}>数值 {about}</Link>;
  return <Link to={to('facts', { fact: about })}>事实 {about}</Link>;
}

function Write({ about }: { about: string }) {
  const contract = useContract();
  const [text, setText] = useState('');
  const [what, setWhat] = useState(about);
  const [told, setTold] = useState(false);
  const send = useSending<void, Note>(() => ask<Note>(of(contract, '/notes'), { method: 'POST', json: { about: what.trim(), text: text.trim() } }), { contract, quiet: true });
  return (
    <Panel title="写一条">
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (text.trim()) send.mutate(undefined, { onSuccess: () => { setText(''); setTold(false); } }); }} aria-label="写备注">
        <Field label="内容" required error={told && !text.trim() ? '请写内容' : undefined} hint="请勿写姓名、电话、证件号">
          {(id, described) => <Input.TextArea id={id} {...(described ? { 'aria-describedby': described } : {})} autoSize={{ minRows: 2, maxRows: 10 }} maxLength={2000} value={text} onChange={(event) => { setText(event.target.value); }} />}
        </Field>
        <Field label="关于" hint="可不填；事实编号、主张号、报告编号或数值地址">{(id, described) => <Input id={id} {...(described ? { 'aria-describedby': described } : {})} maxLength={200} className="wide-input" value={what} onChange={(event) => { setWhat(event.target.value); }} />}</Field>
        {send.error && <Refusal error={send.error} />}
        <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>写下</Button>{send.isSuccess && !text && <small role="status">已写下。</small>}</div>
      </form>
    </Panel>
  );
}
