import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useState } from 'react';
import { ask, of } from '../../api/client';
import type { ContractOverview, Statement, StatementCard } from '../../api/types';
import { useNow } from '../../app/BusinessClock';
import { useSending } from '../../app/sending';
import { useContract, useContractPath, usePart } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';
import { InstantText, StateTag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { fromField, toDay, toField } from '../../parts/times';
import { periodsAt } from './periods';

/** The statements of a contract: issued, confirmed or disputed, sealed. */
export default function Statements() {
  const contract = useContract();
  const may = useMay(contract);
  const to = useContractPath();
  const navigate = useNavigate();
  const [act, setAct] = usePart('act');
  const query = useQuery(contractQuery<StatementCard[]>(contract, '/statements'));
  const issuing = may('issue-statement');
  return (
    <Page title="评估报告" of={useContractOfSession(contract)?.name} lead="某一时刻的评判，编号出具，逐项确认或提出异议，盖章后生效；日后重印一字不差。" actions={issuing && <Button type="primary" onClick={() => { setAct('issue'); }}>出具评估报告</Button>}>
      <Awaiting query={query} rows={6} isEmpty={(all) => all.length === 0} empty={<div className="panel"><Nothing title="还没有出具评估报告">{issuing ? <Button type="primary" onClick={() => { setAct('issue'); }}>出具第一份</Button> : '甲方或乙方项目经理出具后会出现在这里。'}</Nothing></div>}>
        {(all) => <Panel flush><Sheet caption="评估报告" columns={columns} rows={all} rowKey={(one) => one.number} onOpen={(one) => { void navigate(to(`statements/${one.number}`)); }} /></Panel>}
      </Awaiting>
      <Drawer open={act === 'issue' && issuing} onClose={() => { setAct(null); }} size={480} title="出具评估报告" destroyOnHidden><Issue /></Drawer>
    </Page>
  );
}

const columns: Column<StatementCard>[] = [
  { key: 'number', title: '编号', head: true, tight: true, render: (one) => <Link to={one.number} relative="path">{one.number}</Link> },
  { key: 'state', title: '状态', tight: true, render: (one) => <StateTag state={one.state} /> },
  { key: 'period', title: '所评期间', tight: true, render: (one) => <span className="number">{one.from} 至 {one.to}</span> },
  { key: 'asOf', title: '判定时刻', tight: true, render: (one) => <InstantText at={one.asOf} /> },
  { key: 'issuedAt', title: '出具', render: (one) => <span><InstantText at={one.issuedAt} /> <small>{one.by}</small></span> },
  { key: 'disputed', title: '异议', align: 'right', render: (one) => (one.disputed === 0 ? <span className="none">—</span> : `${one.disputed} 项`) },
  { key: 'seq', title: '事实链', align: 'right', tight: true, render: (one) => `至第 ${one.ledgerSeq} 件` },
];

function Issue() {
  const contract = useContract();
  const now = useNow();
  const to = useContractPath();
  const navigate = useNavigate();
  const overview = useQuery(contractQuery<ContractOverview>(contract, ''));
  const periods = periodsAt(toDay(now), overview.data?.term);
  const [from, setFrom] = useState(periods[0]?.from ?? '');
  const [through, setThrough] = useState(periods[0]?.to ?? '');
  const [asOf, setAsOf] = useState('');
  const [told, setTold] = useState(false);
  const fault = !from || !through ? '请填写起止日期' : from > through ? '起不能晚于止' : undefined;
  const send = useSending<void, Statement>(() => ask<Statement>(of(contract, '/statements'), { method: 'POST', json: { from, to: through, ...(asOf ? { asOf: fromField(asOf) } : {}) } }), { contract, quiet: true });
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (!fault) send.mutate(undefined, { onSuccess: (issued) => { void navigate(to(`statements/${issued.number}`)); } }); }} aria-label="出具评估报告">
      <div className="form-foot" role="group" aria-label="常用期间">{periods.map((period) => <Button key={period.label} size="small" type={period.from === from && period.to === through ? 'primary' : 'default'} ghost={period.from === from && period.to === through} onClick={() => { setFrom(period.from); setThrough(period.to); }}>{period.label}</Button>)}</div>
      <Field label="所评期间：起" required error={told ? fault : undefined}>{(id) => <input id={id} type="date" value={from} onChange={(event) => { setFrom(event.target.value); }} />}</Field>
      <Field label="所评期间：止" required hint="含当日">{(id) => <input id={id} type="date" value={through} onChange={(event) => { setThrough(event.target.value); }} />}</Field>
      <Field label="判定时刻" hint={asOf ? '北京时间' : `不填按出具的时刻（现在 ${toField(new Date(now).toISOString()).replace('T', ' ')}）`}>{(id) => <input id={id} type="datetime-local" value={asOf} onChange={(event) => { setAsOf(event.target.value); }} />}</Field>
      <p className="notice info">出具后即固定：合同文本、工作日历、事实链位置与各项数值的散列值写入报告，同时签署检查点。之后的事实不改变它。</p>
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>出具</Button></div>
    </form>
  );
}
