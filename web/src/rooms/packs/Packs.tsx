import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { ask, of, upload } from '../../api/client';
import type { PackFinding, PackVersion } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';
import { Hash, InstantText, Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { toDay } from '../../parts/times';
import { sideWord, type Tone } from '../../parts/words';
import './packs.css';

const states: Record<string, { word: string; tone: Tone }> = { proposed: { word: '待同意', tone: 'warn' }, agreed: { word: '已同意', tone: 'info' }, 'in-force': { word: '现行', tone: 'good' } };
const kinds: Record<PackVersion['kind'], string> = { original: '原合同', amendment: '补充协议' };

/** The versions of the contract's text: handed in, checked, agreed to by both, in force from a date. */
export default function Packs() {
  const contract = useContract();
  const may = useMay(contract);
  const [act, setAct] = usePart('act');
  const query = useQuery(contractQuery<PackVersion[]>(contract, '/packs'));
  const proposing = may('propose-pack');
  return (
    <Page title="合同文本包" of={useContractOfSession(contract)?.name} lead="合同文本与其评判规则的各个版本；双方同意后，从约定之日起据以评判。" actions={proposing && <Button type="primary" onClick={() => { setAct('upload'); }}>上传新版本</Button>}>
      <Awaiting query={query} rows={8} isEmpty={(all) => all.length === 0} empty={<div className="panel"><Nothing title="还没有合同文本">{proposing ? <Button type="primary" onClick={() => { setAct('upload'); }}>上传原合同</Button> : '甲方或乙方项目经理上传后会出现在这里。'}</Nothing></div>}>
        {(all) => <div className="stack">{all.map((version) => <Version key={version.version} version={version} />)}</div>}
      </Awaiting>
      <Drawer open={act === 'upload' && proposing} onClose={() => { setAct(null); }} size={480} title="上传新版本" destroyOnHidden><Upload hasOriginal={(query.data ?? []).length > 0} onDone={() => { setAct(null); }} /></Drawer>
    </Page>
  );
}

function Version({ version }: { version: PackVersion }) {
  const contract = useContract();
  const may = useMay(contract);
  const side = useContractOfSession(contract)?.side;
  const state = states[version.state] ?? { word: version.state, tone: 'quiet' as const };
  const waiting = version.state === 'proposed' && may('agree-pack') && (side === 'buyer' || side === 'provider') && !version.agreements.some((one) => one.side === side);
  return (
    <Panel title={<>第 {version.version} 版　{kinds[version.kind]} <Tag tone={state.tone}>{state.word}</Tag></>} extra={`自 ${version.from} 起`}>
      <div className="form">
        <Facts items={[
          ['名称', version.name],
          ['上传', <span key="u"><InstantText at={version.at} />　{version.by}</span>],
          ['散列值', <Hash key="h" text={version.sha256} length={24} />],
          ...(['buyer', 'provider'] as const).map((one): [string, ReactNode] => {
            const agreed = version.agreements.find((agreement) => agreement.side === one);
            return [`${sideWord(one)}`, agreed ? <span key={one}><Tag tone="good">同意</Tag> <InstantText at={agreed.at} /> <small>{agreed.by}</small>{agreed.reason && <p>{agreed.reason}</p>}</span> : <span key={one} className="none">尚未同意</span>];
          }),
        ]} />
        {waiting && <Agree version={version} />}
        <Findings findings={version.findings} />
      </div>
    </Panel>
  );
}

const gradeTones: Record<string, Tone> = { 错误: 'bad', 严重: 'bad', 警告: 'warn', 一般: 'warn', 提示: 'info' };
const firstShown = 8;

function Findings({ findings }: { findings: PackFinding[] }) {
  const [grade, setGrade] = useState('');
  const [all, setAll] = useState(false);
  if (findings.length === 0) return <p className="none">上传时的检查没有发现问题。</p>;
  const order = Object.keys(gradeTones);
  const grades = [...new Set(findings.map((one) => one.grade))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const found = findings.filter((one) => !grade || one.grade === grade).sort((a, b) => order.indexOf(a.grade) - order.indexOf(b.grade));
  return (
    <details className="findings">
      <summary>上传时的检查：{grades.map((one) => `${one} ${findings.filter((finding) => finding.grade === one).length}`).join('，')}</summary>
      <div className="filters"><Segmented aria-label="哪一级" size="small" value={grade} onChange={setGrade} options={[{ value: '', label: `全部 ${findings.length}` }, ...grades.map((one) => ({ value: one, label: one }))]} /></div>
      <ul className="lines">
        {(all ? found : found.slice(0, firstShown)).map((one, i) => (
          <li key={i}><Tag tone={gradeTones[one.grade] ?? 'quiet'}>{one.grade}</Tag> {one.message} <small>{one.clauses.length > 0 && `条款 ${one.clauses.join('、')}　`}{one.about === 'paper' ? '合同文字' : `${one.file}${one.line ? `:${one.line}` : ''}`}</small></li>
        ))}
      </ul>
      {!all && found.length > firstShown && <Button size="small" onClick={() => { setAll(true); }}>其余 {found.length - firstShown} 条</Button>}
    </details>
  );
}

function Agree({ version }: { version: PackVersion }) {
  const contract = useContract();
  const [reason, setReason] = useState('');
  const send = useSending<void, PackVersion>(() => ask<PackVersion>(of(contract, `/packs/${version.version}/agreement`), { method: 'POST', json: reason.trim() ? { reason: reason.trim() } : {} }), { contract, quiet: true });
  return (
    <form className="form no-print" onSubmit={(event) => { event.preventDefault(); send.mutate(); }} aria-label={`同意第 ${version.version} 版`}>
      <p className="notice">双方都同意后，从 {version.from} 起按这一版评判；此前的仍按此前的版本。同意后不能收回，请先看过下面的检查结果。</p>
      <Field label="备注">{(id) => <Input id={id} maxLength={500} value={reason} onChange={(event) => { setReason(event.target.value); }} />}</Field>
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>我方同意</Button></div>
    </form>
  );
}

function Upload({ hasOriginal, onDone }: { hasOriginal: boolean; onDone: () => void }) {
  const contract = useContract();
  const now = useNow();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<PackVersion['kind']>(hasOriginal ? 'amendment' : 'original');
  const [from, setFrom] = useState(() => toDay(now));
  const [share, setShare] = useState(0);
  const [told, setTold] = useState(false);
  const send = useSending<void, PackVersion>(() => {
    const form = new FormData();
    if (file) form.append('file', file, file.name);
    form.append('kind', kind);
    form.append('from', from);
    return upload<PackVersion>(of(contract, '/packs'), form, setShare);
  }, { contract, quiet: true });
  if (send.data) {
    return (
      <div className="form" role="status">
        <p className="notice good"><strong>已上传，为第 {send.data.version} 版</strong>我方视为同意；等对方同意后，自 {send.data.from} 起据以评判。</p>
        <Findings findings={send.data.findings} />
        <div className="form-foot"><Button type="primary" onClick={onDone}>完成</Button></div>
      </div>
    );
  }
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (file && from) send.mutate(); }} aria-label="上传新版本">
      <Field label="合同文件夹（zip）" required error={told && !file ? '请选择文件' : undefined} hint="含 contract.yaml 与合同文字；上传时按检查规则逐条检查，有错误的不能上架">
        {(id) => (
          <div className="form-foot">
            <Button id={id} onClick={() => { input.current?.click(); }}>{file ? '换一个文件' : '选择文件'}</Button>
            {file && <span>{file.name}</span>}
            <input ref={input} type="file" accept=".zip" hidden aria-hidden tabIndex={-1} onChange={(event) => { setFile(event.target.files?.[0] ?? null); event.target.value = ''; send.reset(); }} />
          </div>
        )}
      </Field>
      <Field label="是什么">{() => <Segmented<PackVersion['kind']> aria-label="是什么" value={kind} onChange={setKind} options={[{ value: 'amendment', label: '补充协议' }, { value: 'original', label: '原合同' }]} />}</Field>
      <Field label="自何日起" required error={told && !from ? '请填写日期' : undefined} hint="双方同意后从这一日起据以评判">{(id) => <input id={id} type="date" value={from} onChange={(event) => { setFrom(event.target.value); }} />}</Field>
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>上传并检查</Button>{send.isPending && <progress value={share < 1 ? share : undefined} max={1} aria-label="正在上传" />}</div>
    </form>
  );
}
