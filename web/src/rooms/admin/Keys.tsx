import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { address, ask } from '../../api/client';
import type { Body, KnownContract, MachineKey, NewMachineKey } from '../../api/types';
import { overallQuery } from '../../app/queries';
import { useSending } from '../../app/sending';
import { useSession } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { InstantText, Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { fromField } from '../../parts/times';
import type { Tone } from '../../parts/words';
import { Once } from './Once';
import './admin.css';

const states: Record<string, [string, Tone]> = { waiting: ['待安全管理员批准', 'warn'], active: ['有效', 'good'], expired: ['已过期', 'quiet'], revoked: ['已吊销', 'bad'] };
const permissions: Record<string, string> = {
  'read-facts': '读事实', 'read-figures': '读数值', 'read-money': '读金额', append: '记录事实', 'bulk-append': '批量记录', 'upload-evidence': '上传证据', 'read-evidence': '读证据',
  export: '导出', verify: '核验', 'what-if': '试算',
};

/** Keys of machines: made by the system administrator, let in by the security administrator, revoked by either. */
export default function Keys() {
  const session = useSession();
  const { modal } = App.useApp();
  const mayMake = session.admins.includes('system-admin');
  const mayApprove = session.admins.includes('security-admin');
  const [making, setMaking] = useState(false);
  const [fresh, setFresh] = useState<NewMachineKey | null>(null);
  const query = useQuery(overallQuery<MachineKey[]>('/keys'));
  const approve = useSending((id: string) => ask(address(`/keys/${id}/approval`), { method: 'PUT', json: {} }), { done: '已批准' });
  const revoke = useSending((id: string) => ask(address(`/keys/${id}`), { method: 'DELETE' }), { done: '已吊销' });
  const confirmRevoke = (key: MachineKey) => {
    void modal.confirm({ title: `吊销“${key.name}”？`, content: '吊销后立即失效，不能恢复。', okText: '吊销', okButtonProps: { danger: true }, onOk: () => revoke.mutateAsync(key.id) });
  };
  const columns: Column<MachineKey>[] = [
    { key: 'name', title: '用途', head: true, width: 10, render: (key) => key.name },
    { key: 'state', title: '状态', tight: true, render: (key) => { const [word, tone] = states[key.state] ?? [key.state, 'quiet' as const]; return <Tag tone={tone}>{word}</Tag>; } },
    { key: 'contracts', title: '合同', render: (key) => key.contracts.join('、') },
    { key: 'permissions', title: '权限', width: 10, render: (key) => key.permissions.map((one) => permissions[one] ?? one).join('、') },
    { key: 'kinds', title: '可记录的种类', render: (key) => key.kinds.length === 0 ? <span className="none">不能记录</span> : <code>{key.kinds.join(' ')}</code> },
    { key: 'made', title: '建立', tight: true, render: (key) => <InstantText at={key.madeAt} /> },
    { key: 'ends', title: '到期', tight: true, render: (key) => key.endsAt ? <InstantText at={key.endsAt} /> : <span className="none">不到期</span> },
    { key: 'used', title: '最近使用', tight: true, render: (key) => <InstantText at={key.usedAt} /> },
    {
      key: 'act', title: '操作',
      render: (key) => (
        <span className="actions">
          {mayApprove && key.state === 'waiting' && <Button size="small" type="primary" onClick={() => { approve.mutate(key.id); }} loading={approve.isPending && approve.variables === key.id}>批准</Button>}
          {key.state !== 'revoked' && <Button size="small" danger onClick={() => { confirmRevoke(key); }}>吊销</Button>}
        </span>
      ),
    },
  ];
  return (
    <Page title="接口密钥" lead="供监控、工单等系统记录事实用；由系统管理员建立，安全管理员批准后生效。" actions={mayMake && <Button type="primary" onClick={() => { setMaking(true); }}>新建密钥</Button>}>
      <Awaiting query={query} isEmpty={(keys) => keys.length === 0} empty={<div className="panel"><Nothing title="还没有密钥">{mayMake ? '为每个接入的系统各建一个，只给它需要的合同、权限与种类。' : '系统管理员建立后，在这里批准。'}</Nothing></div>}>
        {(keys) => <Panel flush><Sheet caption="密钥" columns={columns} rows={keys} rowKey={(key) => key.id} /></Panel>}
      </Awaiting>
      <Modal open={making} onCancel={() => { setMaking(false); }} footer={null} title="新建密钥" destroyOnHidden><NewKeyForm onMade={(made) => { setMaking(false); setFresh(made); }} /></Modal>
      <Once open={fresh !== null} title="新密钥" what="请求时写在 Authorization: Bearer 之后；安全管理员批准后才有效：" secret={fresh?.key ?? ''} onClose={() => { setFresh(null); }} />
    </Page>
  );
}

interface Fields {
  name: string;
  contracts: string[];
  permissions: string[];
  kinds?: string[];
  endsAt?: string;
}

function NewKeyForm({ onMade }: { onMade: (made: NewMachineKey) => void }) {
  const contracts = useQuery(overallQuery<KnownContract[]>('/known-contracts'));
  const make = useSending((body: Body<'NewMachineKeyBody'>) => ask<NewMachineKey>(address('/keys'), { method: 'POST', json: body }), { quiet: true });
  const send = ({ endsAt, ...fields }: Fields) => { make.mutate({ ...fields, ...(endsAt ? { endsAt: fromField(endsAt) } : {}) }, { onSuccess: onMade }); };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={send} initialValues={{ permissions: ['append'] }}>
      <Form.Item name="name" label="用途" rules={[{ required: true, whitespace: true, message: '请写明给哪个系统、做什么用' }]}><Input maxLength={200} placeholder="如：网管系统上报中断" autoFocus /></Form.Item>
      <Form.Item name="contracts" label="合同" rules={[{ required: true, message: '请选择合同' }]}><Select mode="multiple" optionFilterProp="label" loading={contracts.isPending} options={(contracts.data ?? []).map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
      <Form.Item name="permissions" label="权限" rules={[{ required: true, message: '请选择权限' }]}><Select mode="multiple" options={Object.entries(permissions).map(([value, label]) => ({ value, label }))} /></Form.Item>
      <Form.Item name="kinds" label="可记录的种类" extra="如 incident.*、meter.read；* 为全部。不填则不能记录。"><Select mode="tags" tokenSeparators={[' ', ',', '，', '、']} open={false} suffixIcon={null} /></Form.Item>
      <Form.Item name="endsAt" label="到期（可不填）"><Input type="datetime-local" /></Form.Item>
      {make.error && <Refusal error={make.error} />}
      <Button type="primary" htmlType="submit" loading={make.isPending} className="form-end">建立</Button>
    </Form>
  );
}
