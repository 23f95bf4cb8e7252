import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { address, ask } from '../../api/client';
import type { KnownContract, MachineKey, NewMachineKey } from '../../api/types';
import { useChange } from '../../app/change';
import { usePart } from '../../app/place';
import { overallQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';
import { InstantText, Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { fromField } from '../../parts/times';
import type { Tone } from '../../parts/words';
import { Secret } from './Secret';
import { permissionChoices, permissionWord } from './words';
import './admin.css';

const states: Record<string, { word: string; tone: Tone }> = { waiting: { word: '待批准', tone: 'warn' }, active: { word: '有效', tone: 'good' }, expired: { word: '已到期', tone: 'quiet' }, revoked: { word: '已吊销', tone: 'bad' } };

/** Keys of machines: made by the system administrator, let in by the security administrator, revoked by either. */
export default function Keys() {
  const session = useSession();
  const isSystem = session.admins.includes('system-admin');
  const [act, setAct] = usePart('act');
  const query = useQuery(overallQuery<MachineKey[]>('/keys'));
  const contracts = useQuery(overallQuery<KnownContract[]>('/known-contracts'));
  const approve = useChange<string, void>(null, (id) => ask<void>(address(`/keys/${encodeURIComponent(id)}/approval`), { method: 'PUT' }));
  const revoke = useChange<string, void>(null, (id) => ask<void>(address(`/keys/${encodeURIComponent(id)}`), { method: 'DELETE' }));
  const nameOf = (id: string) => contracts.data?.find((one) => one.id === id)?.name ?? id;
  const columns: Column<MachineKey>[] = [
    { key: 'name', title: '用途', head: true, width: 10, render: (key) => key.name, sort: (key) => key.name },
    { key: 'state', title: '状态', tight: true, render: (key) => { const state = states[key.state] ?? { word: key.state, tone: 'quiet' as const }; return <Tag tone={state.tone}>{state.word}</Tag>; } },
    { key: 'contracts', title: '合同', width: 12, render: (key) => <ul className="held">{key.contracts.map((id) => <li key={id}>{nameOf(id)}</li>)}</ul> },
    { key: 'permissions', title: '可以', width: 8, render: (key) => key.permissions.map(permissionWord).join('、') },
    { key: 'kinds', title: '可记录的种类', width: 8, render: (key) => (key.kinds.length === 0 ? <span className="none">不记录</span> : key.kinds.map((kind) => <span key={kind}><code>{kind}</code> </span>)) },
    { key: 'madeAt', title: '新建', render: (key) => <InstantText at={key.madeAt} />, sort: (key) => key.madeAt },
    { key: 'endsAt', title: '到期', render: (key) => (key.endsAt ? <InstantText at={key.endsAt} /> : '不限') },
    { key: 'usedAt', title: '最近使用', render: (key) => <InstantText at={key.usedAt} /> },
    {
      key: 'act', title: '办理', tight: true, render: (key) => (
        <span className="actions">
          {key.state === 'waiting' && !isSystem && <Popconfirm title={`批准“${key.name}”？`} description="批准后立即可以使用。" onConfirm={() => { approve.mutate(key.id); }}><Button size="small" type="primary">批准</Button></Popconfirm>}
          {(key.state === 'waiting' || key.state === 'active') && <Popconfirm title={`吊销“${key.name}”？`} description="立即失效，不能恢复。" onConfirm={() => { revoke.mutate(key.id); }}><Button size="small" danger>吊销</Button></Popconfirm>}
        </span>
      ),
    },
  ];
  return (
    <Page title="接口密钥" lead="供监控、工单等系统记录事实与读取数值；由系统管理员新建，安全管理员批准后可用。" actions={isSystem && <Button type="primary" onClick={() => { setAct('add'); }}>新建密钥</Button>}>
      {(approve.error ?? revoke.error) && <Refusal error={approve.error ?? revoke.error} />}
      <Awaiting query={query} rows={6} isEmpty={(keys) => keys.length === 0} empty={<div className="panel"><Nothing title="还没有接口密钥">{isSystem ? <Button type="primary" onClick={() => { setAct('add'); }}>新建第一个</Button> : '系统管理员新建后在此批准。'}</Nothing></div>}>
        {(keys) => <Panel flush><Sheet caption="接口密钥" columns={columns} rows={[...keys].reverse()} rowKey={(key) => key.id} /></Panel>}
      </Awaiting>
      <Drawer open={act === 'add' && isSystem} onClose={() => { setAct(null); }} size={500} title="新建密钥" destroyOnHidden><Add contracts={contracts.data ?? []} onDone={() => { setAct(null); }} /></Drawer>
    </Page>
  );
}

function Add({ contracts, onDone }: { contracts: KnownContract[]; onDone: () => void }) {
  const [name, setName] = useState('');
  const [of, setOf] = useState<string[]>([]);
  const [permissions, setPermissions] = useState<string[]>(['append']);
  const [kinds, setKinds] = useState<string[]>([]);
  const [ends, setEnds] = useState('');
  const [told, setTold] = useState(false);
  const records = permissions.includes('append') || permissions.includes('bulk-append');
  const send = useChange<void, NewMachineKey>(null, () => ask<NewMachineKey>(address('/keys'), { method: 'POST', json: { name: name.trim(), contracts: of, permissions, kinds: records ? kinds : [], ...(ends ? { endsAt: fromField(`${ends}T23:59`) } : {}) } }));
  const faults = { name: name.trim() ? undefined : '请写明用途', of: of.length > 0 ? undefined : '请选择合同', permissions: permissions.length > 0 ? undefined : '请选择权限', kinds: !records || kinds.length > 0 ? undefined : '请写明可记录哪些种类' };
  if (send.data) {
    return (
      <div className="form">
        <Secret title="密钥" text={send.data.key}>请求时写在 <code>Authorization: Bearer</code> 之后。</Secret>
        <p>安全管理员批准后可用。</p>
        <div className="form-foot"><Button type="primary" onClick={onDone}>完成</Button></div>
      </div>
    );
  }
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (Object.values(faults).every((one) => one === undefined)) send.mutate(); }} aria-label="新建密钥">
      <Field label="用途" required error={told ? faults.name : undefined} hint="如“机房监控平台”">{(id) => <Input id={id} maxLength={100} value={name} onChange={(event) => { setName(event.target.value); }} />}</Field>
      <Field label="合同" required error={told ? faults.of : undefined}>{(id) => <Select id={id} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={of} onChange={setOf} options={contracts.map((one) => ({ value: one.id, label: one.name }))} />}</Field>
      <Field label="权限" required error={told ? faults.permissions : undefined}>{(id) => <Select id={id} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={permissions} onChange={setPermissions} options={permissionChoices} />}</Field>
      {records && <Field label="可记录的种类" required error={told ? faults.kinds : undefined} hint="逐个输入后回车：一种（meter.read）、一组（incident.*），或 *">{(id) => <Select id={id} mode="tags" value={kinds} onChange={setKinds} tokenSeparators={[',', '，', ' ']} open={false} suffixIcon={null} />}</Field>}
      <Field label="到期日" hint="可不填">{(id) => <input id={id} type="date" value={ends} onChange={(event) => { setEnds(event.target.value); }} />}</Field>
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>新建</Button></div>
    </form>
  );
}
