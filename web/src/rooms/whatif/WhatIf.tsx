import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented } from 'antd';
import { useState } from 'react';
import { ask, of } from '../../api/client';
import type { VocabularyKind, WhatIf as Answer } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, useMoment } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { FigureLink } from '../../parts/FigureLink';
import { figureText } from '../../parts/figureText';
import { isZero, money, signed, signedMoney } from '../../parts/numbers';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { fromField, toField, toMinute } from '../../parts/times';
import { stateWord } from '../../parts/words';
import { wordOf } from '../claims/ProposedFactView';
import { emptyDraft, factOf, faultsOf, labelOfField, labelOfKind, type Draft } from '../recording/draft';
import { FactForm } from '../recording/FactForm';
import { difference } from './difference';
import './whatif.css';

type Change = Answer['changed'][number];

/** What the score and the money would be, had this or that happened. Nothing of it is kept. */
export default function WhatIf() {
  const contract = useContract();
  const vocabulary = useQuery(contractQuery<VocabularyKind[]>(contract, '/vocabulary'));
  return (
    <Page title="试算" of={useContractOfSession(contract)?.name} lead="假设发生了某些事，评分与金额会怎样。假设只用于这一次计算，不记入账本，别人也看不到。">
      <Awaiting query={vocabulary} rows={8}>{(kinds) => <Supposing vocabulary={kinds} />}</Awaiting>
    </Page>
  );
}

function Supposing({ vocabulary }: { vocabulary: VocabularyKind[] }) {
  const contract = useContract();
  const moment = useMoment();
  const now = useNow();
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const [editing, setEditing] = useState<{ place: number; draft: Draft } | null>(null);
  const [asOf, setAsOf] = useState(moment.asOf ? toField(moment.asOf) : '');
  const run = useSending<Draft[], Answer>((all) => ask<Answer>(of(contract, '/what-if'), {
    method: 'POST',
    json: { facts: all.flatMap((draft, i) => { const kind = vocabulary.find((one) => one.kind === draft.kind); return kind ? [factOf(draft, kind, contract, `what-if-${i + 1}`, [])] : []; }), ...(asOf ? { asOf: fromField(asOf) } : {}) },
  }), { quiet: true });
  const compute = (all: Draft[]) => { setDrafts(all); if (all.length > 0) run.mutate(all); else run.reset(); };
  // An event that has not happened yet is judged from then on, not now.
  const ahead = drafts.some((draft) => new Date(fromField(draft.at)).getTime() > (asOf ? new Date(fromField(asOf)).getTime() : now));
  return (
    <div className="stack">
      <Panel title="假设" extra={<span className="actions">{drafts.length > 0 && <Button size="small" onClick={() => { compute([]); }}>清空</Button>}<Button size="small" type="primary" onClick={() => { setEditing({ place: drafts.length, draft: emptyDraft(now) }); }}>加一件假设</Button></span>}>
        {drafts.length === 0
          ? <Nothing title="还没有假设">例如：“如果明天再发生一次核心系统中断 6 小时”——加上“中断开始”与“中断结束”两件，即可看到评分与金额的变化。</Nothing>
          : (
            <ol className="supposed">{drafts.map((draft, i) => {
              const kind = vocabulary.find((one) => one.kind === draft.kind);
              return (
                <li key={i}>
                  <span><b>{labelOfKind(kind, draft.kind)}</b> · {draft.subject}　<span className="number">{toMinute(fromField(draft.at))}</span><small>　{kind?.fields.filter((field) => draft.values[field.name]).map((field) => `${labelOfField(field)} ${wordOf(kind, field.name, field.type === 'yes-no' ? draft.values[field.name] === 'true' : draft.values[field.name])}`).join('，')}</small></span>
                  <span className="actions">
                    <button type="button" className="plain" onClick={() => { setEditing({ place: i, draft }); }}>修改</button>
                    <button type="button" className="plain" onClick={() => { setEditing({ place: drafts.length, draft: { ...draft } }); }}>照此再加</button>
                    <button type="button" className="plain" onClick={() => { compute(drafts.filter((_, place) => place !== i)); }}>去掉</button>
                  </span>
                </li>
              );
            })}</ol>
          )}
        <div className="filters moment-of">
          <label>判定时刻<input type="datetime-local" value={asOf} onChange={(event) => { setAsOf(event.target.value); }} /></label>
          <small>{asOf ? '' : '不填按现在。'}看期限届满后的结果，把时刻推后即可。</small>
          {drafts.length > 0 && <Button onClick={() => { compute(drafts); }} loading={run.isPending}>重新计算</Button>}
        </div>
        {ahead && <p className="notice">有的假设发生在判定时刻以后，此刻不产生影响；请把判定时刻推到其后。</p>}
      </Panel>
      {run.error && <Refusal error={run.error} again={() => { compute(drafts); }} busy={run.isPending} />}
      {run.isPending && <div className="panel" role="status">正在计算……</div>}
      {run.data && !run.isPending && drafts.length > 0 && <Result answer={run.data} />}
      <Drawer open={editing !== null} onClose={() => { setEditing(null); }} size={620} title="假设发生了什么" destroyOnHidden>
        {editing && <Editor key={editing.place} begun={editing.draft} vocabulary={vocabulary} onDone={(draft) => { const next = [...drafts]; next[editing.place] = draft; setEditing(null); compute(next); }} />}
      </Drawer>
    </div>
  );
}

function Editor({ begun, vocabulary, onDone }: { begun: Draft; vocabulary: VocabularyKind[]; onDone: (draft: Draft) => void }) {
  const contract = useContract();
  const [draft, setDraft] = useState(begun);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const submit = () => {
    const found = faultsOf(draft, vocabulary.find((one) => one.kind === draft.kind));
    setFaults(found);
    if (Object.keys(found).length === 0) onDone(draft);
  };
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} aria-label="假设">
      <FactForm contract={contract} vocabulary={vocabulary} draft={draft} onChange={(next) => { setDraft(next); setFaults({}); }} faults={faults} any />
      <div className="form-foot"><Button type="primary" htmlType="submit">加入并计算</Button></div>
    </form>
  );
}

function Result({ answer }: { answer: Answer }) {
  const [unit, setUnit] = useState('');
  const [text, setText] = useState('');
  const { before, after, changed } = answer;
  const shown = changed.filter((one) => (unit === '' || one.unit === unit) && (!text.trim() || one.label.includes(text.trim()) || one.address.includes(text.trim())));
  const kinds: [string, string][] = [['money', '金额'], ['points', '分数'], ['duration', '时长'], ['other', '其他']];
  return (
    <>
      <Panel title="变化" extra={<>判定时刻 {toMinute(answer.asOf)}</>}>
        <div className="chips">
          <Chip label="总分" before={before.score} after={after.score} unit="points" />
          <Chip label="档次" before={before.tier} after={after.tier} unit="other" />
          {(before.net ?? after.net) != null && <Chip label="净额（元）" before={before.net} after={after.net} unit="money" />}
        </div>
      </Panel>
      <Panel title={`变化的数值 ${changed.length} 个`} flush>
        {changed.length === 0 ? <Nothing title="没有数值变化">这些假设在判定时刻不影响任何数值：可能还没有到期，或合同不据以评判。</Nothing> : (
          <>
            <div className="filters inset">
              <Segmented aria-label="哪些" value={unit} onChange={setUnit} options={[{ value: '', label: '全部' }, ...kinds.filter(([word]) => changed.some((one) => one.unit === word)).map(([word, label]) => ({ value: word, label: `${label} ${changed.filter((one) => one.unit === word).length}` }))]} />
              <Input aria-label="查找" allowClear placeholder="按名称查找" className="wide-input" onChange={(event) => { setText(event.target.value); }} />
            </div>
            <Sheet caption="变化的数值" columns={columns} rows={shown.slice(0, most)} rowKey={(one) => one.address} />
            {shown.length > most && <p className="more">只列出前 {most} 个，请用名称查找。</p>}
          </>
        )}
      </Panel>
    </>
  );
}

const most = 300;

const columns: Column<Change>[] = [
  { key: 'label', title: '数值', head: true, render: (one) => one.label, sort: (one) => one.label },
  { key: 'before', title: '现在', align: 'right', render: (one) => (one.before === '' ? <span className="none">无</span> : <FigureLink address={one.address} label={one.label} className="number">{textOf(one, one.before)}</FigureLink>) },
  { key: 'after', title: '假设之下', align: 'right', render: (one) => (one.after === '' ? <span className="none">无</span> : <b className="number">{textOf(one, one.after)}</b>) },
  { key: 'difference', title: '相差', align: 'right', tight: true, render: (one) => differenceText(one.before, one.after, one.unit) },
];

const textOf = (one: Change, text: string) => figureText({ address: one.address, text, unit: one.unit });

function Chip({ label, before, after, unit }: { label: string; before: string | null | undefined; after: string | null | undefined; unit: string }) {
  const show = (text: string | null | undefined) => (text == null || text === '' ? '—' : unit === 'money' ? money(text) : stateWord(text));
  return (
    <div className="chip wide">
      <span>{label}</span>
      <b className="number">{show(before)} → {show(after)}</b>
      <small>{before === after ? '不变' : differenceText(before ?? '', after ?? '', unit)}</small>
    </div>
  );
}

function differenceText(before: string, after: string, unit: string) {
  const by = difference(before, after);
  if (by === null) return '';
  const shown = unit === 'money' ? signedMoney(by) : unit === 'points' ? signed(by) : '';
  return <span className={`number ${isZero(by) ? '' : by.startsWith('-') ? 'minus' : 'plus'}`}>{shown}</span>;
}

