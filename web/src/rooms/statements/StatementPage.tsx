import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ask, of } from '../../api/client';
import type { EvidenceRef, Stand, Statement, StatementPoint } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, useContractPath, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { EvidenceField } from '../../parts/EvidenceField';
import { EvidenceList } from '../../parts/EvidenceList';
import { Field } from '../../parts/Field';
import { figureText } from '../../parts/figureText';
import { Hash, InstantText, StateTag, Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { toDay } from '../../parts/times';
import { sideWord } from '../../parts/words';
import { groupOf, isDisputed, lastOf, type Party } from './standing';
import './statements.css';

/** One statement: what it pins, what each party says of it point by point, and its seal. */
export default function StatementPage() {
  const contract = useContract();
  const number = useParams()['number'] ?? '';
  const own = useContractOfSession(contract);
  const query = useQuery(contractQuery<Statement>(contract, `/statements/${encodeURIComponent(number)}`));
  return (
    <Page
      title={`评估报告 ${number}`} of={own?.name}
      actions={<>{query.data && <StateTag state={query.data.state} />}{query.data && own?.seesMoney && <Button href={of(contract, `/statements/${encodeURIComponent(number)}/print`)} target="_blank" rel="noreferrer">查看与打印</Button>}<Link to=".." relative="path">全部报告</Link></>}
    >
      <Awaiting query={query} rows={12}>{(statement) => <Content statement={statement} />}</Awaiting>
    </Page>
  );
}

function Content({ statement }: { statement: Statement }) {
  const contract = useContract();
  const may = useMay(contract);
  const side = useContractOfSession(contract)?.side;
  const party: Party | null = may('confirm-statement') && (side === 'buyer' || side === 'provider') && statement.state !== 'sealed' ? side : null;
  const { counts, pins } = statement;
  return (
    <div className="stack">
      <div className="columns">
        <div className="stack">
          <Whole statement={statement} party={party} />
          {party === 'buyer' && <Seal statement={statement} />}
          {statement.seal && <Sealed statement={statement} />}
        </div>
        <div className="stack">
          <Panel title="所评">
            <Facts items={[
              ['期间', `${statement.from} 至 ${statement.to}`],
              ['判定时刻', <InstantText key="a" at={statement.asOf} />],
              ['出具', <span key="i"><InstantText at={statement.issuedAt} />　{statement.by}</span>],
              ['事实', `${counts.facts} 件，期内 ${counts.inPeriod} 件`],
              ['补录', `${counts.late} 件`],
              ['撤回与更正', `${counts.retractions} 件，其中更正 ${counts.corrections} 件`],
              ['主张', `未决 ${counts.claimsOpen} 件，接受 ${counts.claimsAccepted} 件，未接受 ${counts.claimsRefused} 件`],
            ]} />
          </Panel>
          <Panel title="所据">
            <Facts items={[
              ['合同文本', <span key="t">第 {pins.packVersion} 版 <Hash text={pins.termsSha256} /></span>],
              ['工作日历', <span key="c">{pins.calendar} <Hash text={pins.calendarSha256} /></span>],
              ['事实链', <span key="l">至第 {pins.ledgerSeq} 件 <Hash text={pins.ledgerHash} /></span>],
              ['数值', <Hash key="f" text={pins.figuresSha256} length={20} />],
              ['印本', <Hash key="p" text={pins.printSha256} length={20} />],
            ]} />
          </Panel>
        </div>
      </div>
      <Points statement={statement} party={party} />
    </div>
  );
}

function Whole({ statement, party }: { statement: Statement; party: Party | null }) {
  const contract = useContract();
  const [disputing, setDisputing] = useState(false);
  const send = useSending<{ stand: Stand['stand']; reason?: string }, Statement>((body) => ask<Statement>(of(contract, `/statements/${encodeURIComponent(statement.number)}/confirmation`), { method: 'POST', json: body }), { contract, quiet: true });
  const mine = party ? lastOf(statement.stands, party) : undefined;
  const disputed = statement.points.filter(isDisputed).length;
  return (
    <Panel title="双方意见">
      <div className="form">
        <dl className="facts narrow">
          {(['buyer', 'provider'] as const).map((side) => {
            const last = lastOf(statement.stands, side);
            return <div key={side}><dt>{sideWord(side)}</dt><dd>{last ? <><StateTag state={last.stand} /> <InstantText at={last.at} /> <small>{last.by}</small>{last.reason && <p>{last.reason}</p>}</> : <span className="none">尚未表态</span>}</dd></div>;
          })}
          <div><dt>异议</dt><dd>{disputed === 0 ? '没有逐项异议' : <b className="minus">{disputed} 项</b>}</dd></div>
        </dl>
        {party && (
          <>
            <p className="notice info">确认表示认可报告的全部数值（逐项另有异议的除外）；点击不代替盖章，印本盖章后由甲方登记。</p>
            {send.error && <Refusal error={send.error} />}
            <div className="form-foot no-print">
              {mine?.stand !== 'confirmed' && <Button type="primary" loading={send.isPending} onClick={() => { send.mutate({ stand: 'confirmed' }); }}>确认</Button>}
              {mine?.stand !== 'disputed' && <Button danger onClick={() => { setDisputing(true); }}>对整份报告提出异议</Button>}
            </div>
          </>
        )}
      </div>
      <Dispute open={disputing} title="对整份报告提出异议" error={send.error} busy={send.isPending} onClose={() => { setDisputing(false); }} onSend={(reason) => { send.mutate({ stand: 'disputed', reason }, { onSuccess: () => { setDisputing(false); } }); }} />
    </Panel>
  );
}

function Dispute({ open, title, onClose, onSend, busy, error }: { open: boolean; title: string; onClose: () => void; onSend: (reason: string) => void; busy: boolean; error: Error | null }) {
  const [reason, setReason] = useState('');
  const [told, setTold] = useState(false);
  return (
    <Modal open={open} onCancel={onClose} title={title} footer={null} destroyOnHidden afterClose={() => { setReason(''); setTold(false); }}>
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (reason.trim()) onSend(reason.trim()); }}>
        <Field label="理由" required error={told && !reason.trim() ? '请写明理由' : undefined} hint="写入报告的历史，对方可见">
          {(id) => <Input.TextArea id={id} autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}
        </Field>
        {error && <Refusal error={error} />}
        <div className="form-foot"><Button type="primary" danger htmlType="submit" loading={busy}>提出异议</Button><Button onClick={onClose}>取消</Button></div>
      </form>
    </Modal>
  );
}

const mostPoints = 200;

function Points({ statement, party }: { statement: Statement; party: Party | null }) {
  const contract = useContract();
  const [group, setGroup] = usePart('group');
  const [which, setWhich] = usePart('points');
  const [text, setText] = useState('');
  const [disputing, setDisputing] = useState<StatementPoint | null>(null);
  const send = useSending<{ address: string; stand: Stand['stand']; reason?: string }, Statement>((body) => ask<Statement>(of(contract, `/statements/${encodeURIComponent(statement.number)}/points`), { method: 'POST', json: body }), { contract, quiet: true });
  const groups = [...new Set(statement.points.map((point) => groupOf(point.unit)))];
  const found = statement.points.filter((point) => (group === '' || groupOf(point.unit) === group) && (which !== 'disputed' || isDisputed(point)) && (!text.trim() || point.label.includes(text.trim()) || point.address.includes(text.trim())));
  return (
    <Panel title={`逐项数值 ${statement.points.length} 项`} flush {...(party ? { className: 'with-acts' } : {})}>
      {statement.points.length === 0 ? <Nothing title="这份报告没有对您显示的数值" /> : (
        <>
          <div className="filters inset">
            <Segmented aria-label="哪一类" value={group} onChange={setGroup} options={[{ value: '', label: '全部' }, ...groups.map((name) => ({ value: name, label: name }))]} />
            <Segmented aria-label="哪些" value={which} onChange={setWhich} options={[{ value: '', label: '不限' }, { value: 'disputed', label: `有异议 ${statement.points.filter(isDisputed).length}` }]} />
            <Input aria-label="查找数值" allowClear placeholder="按名称查找" onChange={(event) => { setText(event.target.value); }} />
          </div>
          {send.error && !disputing && <Refusal error={send.error} />}
          {found.length === 0 ? <Nothing title="没有符合的数值" />
            : <Sheet caption="逐项数值" columns={columns(statement, party, { busy: send.isPending ? send.variables.address : '', confirm: (point) => { send.mutate({ address: point.address, stand: 'confirmed' }); }, dispute: setDisputing })} rows={found.slice(0, mostPoints)} rowKey={(point) => point.address} rowClass={(point) => (isDisputed(point) ? 'disputed' : undefined)} />}
          {found.length > mostPoints && <p className="more">只列出前 {mostPoints} 项，请按名称查找。</p>}
        </>
      )}
      <Dispute open={disputing !== null} title={`对“${disputing?.label ?? ''}”提出异议`} error={send.error} busy={send.isPending} onClose={() => { setDisputing(null); }} onSend={(reason) => { if (disputing) send.mutate({ address: disputing.address, stand: 'disputed', reason }, { onSuccess: () => { setDisputing(null); } }); }} />
    </Panel>
  );
}

function columns(statement: Statement, party: Party | null, act: { busy: string; confirm: (point: StatementPoint) => void; dispute: (point: StatementPoint) => void }): Column<StatementPoint>[] {
  return [
    { key: 'label', title: '数值', head: true, width: 14, render: (point) => point.label, sort: (point) => point.label },
    { key: 'text', title: '报告所载', align: 'right', tight: true, render: (point) => <PinnedFigure point={point} statement={statement} /> },
    { key: 'buyer', title: '甲方', render: (point) => <StandOf stand={lastOf(point.stands, 'buyer')} /> },
    { key: 'provider', title: '乙方', render: (point) => <StandOf stand={lastOf(point.stands, 'provider')} /> },
    ...(party ? [{
      key: 'act', title: '我方', tight: true, render: (point: StatementPoint) => {
        const mine = lastOf(point.stands, party)?.stand;
        return <span className="row-actions">{mine !== 'confirmed' && <Button size="small" loading={act.busy === point.address} onClick={() => { act.confirm(point); }} aria-label={`确认 ${point.label}`}>确认</Button>}{mine !== 'disputed' && <Button size="small" onClick={() => { act.dispute(point); }} aria-label={`对 ${point.label} 提出异议`}>异议</Button>}</span>;
      },
    }] : []),
  ];
}

/** As the statement says; its trace is that of the moment which the statement judged, by what was on record when it was issued. */
function PinnedFigure({ point, statement }: { point: StatementPoint; statement: Statement }) {
  const to = useContractPath();
  const text = figureText(point);
  return <Link className="figure number" to={to(`statements/${statement.number}`, { trace: point.address, asOf: statement.asOf, recorded: statement.issuedAt })} title="查看由来" aria-label={`${point.label} ${text}，查看由来`}>{text}</Link>;
}

function StandOf({ stand }: { stand: Stand | undefined }) {
  if (!stand) return <span className="none">—</span>;
  return <span className="stand" title={`${stand.by}，${stand.at}`}><StateTag state={stand.stand} />{stand.reason && <small>{stand.reason}</small>}</span>;
}

function Seal({ statement }: { statement: Statement }) {
  const contract = useContract();
  const now = useNow();
  const [files, setFiles] = useState<EvidenceRef[]>([]);
  const [date, setDate] = useState(() => toDay(now));
  const [uploading, setUploading] = useState(false);
  const [told, setTold] = useState(false);
  const send = useSending<void, Statement>(() => ask<Statement>(of(contract, `/statements/${encodeURIComponent(statement.number)}/seal`), { method: 'POST', json: { sha256: files[0]?.sha256, paperDate: date } }), { contract, quiet: true });
  if (statement.seal) return null;
  const fault = files.length === 1 ? undefined : files.length === 0 ? '请上传盖章件的扫描件' : '只登记一份扫描件，请移除其余';
  return (
    <Panel title="登记盖章件" className="no-print">
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (!fault && date) send.mutate(); }} aria-label="登记盖章件">
        <p>印本由项目负责人、建设单位、用户单位签字盖章后，上传扫描件并填写落款日期，报告即告确认。</p>
        <Field label="盖章扫描件" required error={told ? fault : undefined}>{(id) => <EvidenceField id={id} contract={contract} files={files} onChange={setFiles} onBusy={setUploading} />}</Field>
        <Field label="落款日期" required error={told && !date ? '请填写落款日期' : undefined}>{(id) => <input id={id} type="date" value={date} onChange={(event) => { setDate(event.target.value); }} />}</Field>
        {send.error && <Refusal error={send.error} />}
        <div className="form-foot"><Button htmlType="submit" loading={send.isPending} disabled={uploading}>登记盖章件</Button></div>
      </form>
    </Panel>
  );
}

function Sealed({ statement }: { statement: Statement }) {
  const contract = useContract();
  const to = useContractPath();
  const seal = statement.seal;
  if (!seal) return null;
  return (
    <Panel title="盖章件">
      <div className="form">
        <p><Tag tone="good">已盖章</Tag> 落款 {seal.paperDate}，<InstantText at={seal.at} /> 由 {seal.by} 登记；记为 <Link to={to('facts', { fact: seal.fact })}>事实 {seal.fact}</Link>。</p>
        <EvidenceList contract={contract} files={[{ sha256: seal.sha256, name: seal.way === 'scan' ? '盖章扫描件' : '电子签章文件' }]} />
      </div>
    </Panel>
  );
}
