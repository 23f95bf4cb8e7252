import { Button, Input, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { of, upload } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Claim, DryRun, DryRunRow, EvidenceRef } from '../../api/types';
import { useSending } from '../../app/sending';
import { useContract, useContractPath } from '../../app/place';
import { useContractOfSession } from '../../app/session';
import { Nothing, Refusal } from '../../parts/Awaiting';
import { EvidenceField } from '../../parts/EvidenceField';
import { Field } from '../../parts/Field';
import { Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { toMinute } from '../../parts/times';
import { fieldWord, valueWord } from '../../parts/words';

/** 补录: many facts of the past from one workbook, tried first, then proposed as one claim. */
export default function LateEntries() {
  const contract = useContract();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const [result, setResult] = useState<DryRun | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const tried = useSending<File, DryRun>((chosen) => {
    const form = new FormData();
    form.append('file', chosen, chosen.name);
    return upload<DryRun>(of(contract, '/late-entries/dry-run'), form, setShare);
  }, { quiet: true });
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setResult(null);
    setShare(0);
    tried.mutate(chosen, { onSuccess: setResult });
  };
  const begin = () => { setFile(null); setResult(null); tried.reset(); };
  return (
    <Page title="补录" of={useContractOfSession(contract)?.name} lead="以往没有及时记录的事实，按模板填写后成批补录；对方同意后才记入，并在评估报告中注明。" actions={<Link to="../record" relative="path">单件记录</Link>}>
      <Panel title="一、下载模板并填写">
        <p>模板按本合同的事实种类分表，从第五行起每行一件；表头之下说明每列怎样填，对不上的会在试读时指出。</p>
        <div className="form-foot"><Button href={of(contract, '/late-entries/template')} download>下载模板（xlsx）</Button></div>
      </Panel>
      <Panel title="二、试读">
        <p className="none">只检查，不记录；逐格指出错误，改好后再选一次文件。</p>
        <div className="form-foot">
          <Button type={file ? 'default' : 'primary'} onClick={() => { input.current?.click(); }} loading={tried.isPending}>{file ? '换一个文件' : '选择填好的文件'}</Button>
          <input ref={input} type="file" accept=".xlsx" hidden aria-hidden tabIndex={-1} onChange={(event) => { const chosen = event.target.files?.[0]; event.target.value = ''; choose(chosen); }} />
          {file && <span>{file.name}</span>}
          {tried.isPending && <progress value={share} max={1} aria-label="正在上传" />}
          {tried.isPending && share === 1 && <small>正在检查……</small>}
        </div>
        {tried.error && <Refusal error={tried.error} {...(file ? { again: () => { choose(file); } } : {})} busy={tried.isPending} />}
      </Panel>
      {result && file && (result.rows.length === 0
        ? <Panel><Nothing title="工作簿中没有填写任何事实">请在表头以下填写，每行一件，保存后再试。</Nothing></Panel>
        : <><Rows result={result} /><Propose key={file.name + file.lastModified} file={file} result={result} again={begin} /></>)}
    </Page>
  );
}

function Rows({ result }: { result: DryRun }) {
  const [which, setWhich] = useState(result.faulty > 0 ? 'faulty' : 'all');
  const shown = which === 'faulty' ? result.rows.filter((row) => !row.ok) : result.rows;
  return (
    <Panel
      flush
      title={result.faulty === 0 ? `共 ${result.rows.length} 行，全部可以补录` : `共 ${result.rows.length} 行，其中 ${result.faulty} 行有误`}
      extra={result.faulty > 0 && <Segmented aria-label="看哪些行" size="small" value={which} onChange={setWhich} options={[{ value: 'faulty', label: `有误 ${result.faulty}` }, { value: 'all', label: `全部 ${result.rows.length}` }]} />}
    >
      <Sheet caption="试读结果" columns={columns} rows={shown.slice(0, mostShown)} rowKey={(row) => `${row.sheet}/${row.row}`} />
      {shown.length > mostShown && <p className="more">只列出前 {mostShown} 行；其余在改正这些以后再看。</p>}
    </Panel>
  );
}

const mostShown = 500;

const columns: Column<DryRunRow>[] = [
  { key: 'place', title: '位置', head: true, tight: true, render: (row) => `${row.sheet} 第 ${row.row} 行` },
  { key: 'ok', title: '结果', tight: true, render: (row) => (row.ok ? <Tag tone="good">可以</Tag> : <Tag tone="bad">有误</Tag>) },
  { key: 'at', title: '发生', tight: true, render: (row) => (row.fact ? toMinute(row.fact.at) : '—') },
  { key: 'subject', title: '关于', render: (row) => row.fact?.subject ?? '—' },
  { key: 'data', title: '内容', width: 12, render: (row) => (row.fact ? Object.entries(row.fact.data).map(([name, value]) => `${fieldWord(name)} ${valueWord(value)}`).join('，') || '—' : '—') },
  { key: 'errors', title: '错误', width: 14, render: (row) => (row.errors.length === 0 ? <span className="none">—</span> : <ul className="cell-errors">{row.errors.map((error, i) => <li key={i}>{error.column && <b>{error.column}：</b>}{error.message}</li>)}</ul>) },
];

function Propose({ file, result, again }: { file: File; result: DryRun; again: () => void }) {
  const contract = useContract();
  const to = useContractPath();
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState<EvidenceRef[]>([]);
  const [uploading, setUploading] = useState(false);
  const [share, setShare] = useState(0);
  const [faults, setFaults] = useState<{ reason?: string; evidence?: string }>({});
  const send = useSending<void, Claim>(() => {
    const form = new FormData();
    form.append('file', file, file.name);
    form.append('reason', reason.trim());
    for (const one of evidence) form.append('evidence', one.sha256);
    return upload<Claim>(of(contract, '/late-entries'), form, setShare);
  }, { contract, quiet: true });
  if (send.data) {
    return (
      <Panel>
        <div className="form" role="status">
          <p className="notice good"><strong>已提出：第 {send.data.number} 号补录申请，共 {send.data.proposalCount} 件</strong>等对方答复；同意后整批记入。</p>
          <div className="form-foot"><Button type="primary" onClick={again}>再补录一批</Button><Link to={to(`claims/${send.data.number}`)}>查看这件申请</Link></div>
        </div>
      </Panel>
    );
  }
  const submit = () => {
    const found = { ...(reason.trim() ? {} : { reason: '请写明没有及时记录的理由' }), ...(evidence.length > 0 ? {} : { evidence: '补录须附证据' }) };
    setFaults(found);
    if (Object.keys(found).length === 0) send.mutate();
  };
  return (
    <Panel title="三、写明理由，附上证据，提出">
      {result.faulty > 0 ? <p className="notice">整批一起补录，缺一不可：请先改正有误的 {result.faulty} 行，再选一次文件。</p> : (
        <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} aria-label="提出补录">
          <Field label="理由" required error={faults.reason} hint="为何没有及时记录；对方据此答复，不能修改">
            {(id, told) => <Input.TextArea id={id} {...(told ? { 'aria-describedby': told } : {})} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={reason} onChange={(event) => { setReason(event.target.value); }} />}
          </Field>
          <Field label="证据" required error={faults.evidence}>{(id) => <EvidenceField id={id} contract={contract} files={evidence} onChange={setEvidence} onBusy={setUploading} />}</Field>
          {send.error && <Refusal error={send.error instanceof Problem ? send.error : new Problem(0, '', '没有提出成功', send.error.message)} />}
          <div className="form-foot">
            <Button type="primary" htmlType="submit" loading={send.isPending} disabled={uploading}>提出补录 {result.rows.length} 件</Button>
            {send.isPending && <progress value={share} max={1} aria-label="正在提出" />}
          </div>
        </form>
      )}
    </Panel>
  );
}
