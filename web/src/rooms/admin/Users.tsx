import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { address, ask } from '../../api/client';
import type { Body, NewUser, User } from '../../api/types';
import { usePart } from '../../app/place';
import { overallQuery } from '../../app/queries';
import { useSending } from '../../app/sending';
import { useSession } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { InstantText, Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { roleWord } from '../../parts/words';
import { Once } from './Once';
import { RolesForm } from './RolesForm';
import './admin.css';

const sources: Record<string, string> = { password: '本系统口令', ldap: '统一目录', oauth2: '统一认证' };

/** Who may sign in (the system administrator's part) and what they are in which contract (the security administrator's). */
export default function Users() {
  const session = useSession();
  const mayAdd = session.admins.includes('system-admin');
  const mayGrant = session.admins.includes('security-admin');
  const [text, setText] = usePart('text');
  const [chosen, setChosen] = usePart('user');
  const [adding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<NewUser | null>(null);
  const query = useQuery(overallQuery<User[]>('/users'));
  const user = query.data?.find((one) => one.id === chosen);
  return (
    <Page
      title="用户与角色"
      lead={mayAdd ? '建立、停用用户，重置口令；角色由安全管理员授予。' : mayGrant ? '授予各人在各合同中的角色；用户由系统管理员建立。' : undefined}
      actions={<><Input allowClear placeholder="按用户名、称呼查找" aria-label="查找用户" className="wide-input" defaultValue={text} onChange={(event) => { setText(event.target.value); }} />{mayAdd && <Button type="primary" onClick={() => { setAdding(true); }}>新建用户</Button>}</>}
    >
      <Awaiting query={query} isEmpty={(users) => users.length === 0} empty={<div className="panel"><Nothing title="还没有用户" /></div>}>
        {(users) => {
          const shown = users.filter((one) => [one.login, one.name, one.title].some((part) => part.includes(text.trim())));
          return <Panel flush>{shown.length === 0 ? <Nothing title="没有符合的用户" /> : <Sheet caption="用户" columns={columns} rows={shown} rowKey={(one) => one.id} onOpen={(one) => { setChosen(one.id); }} isCurrent={(one) => one.id === chosen} />}</Panel>;
        }}
      </Awaiting>
      <Drawer open={user !== undefined} onClose={() => { setChosen(null); }} size={560} title={user?.name} destroyOnHidden>
        {user && <Detail user={user} mayAdd={mayAdd} mayGrant={mayGrant} onFresh={setFresh} />}
      </Drawer>
      <Modal open={adding} onCancel={() => { setAdding(false); }} footer={null} title="新建用户" destroyOnHidden>
        <NewUserForm onMade={(made) => { setAdding(false); if (made.password) setFresh(made); }} />
      </Modal>
      <Once open={fresh !== null} title="初始口令" what={`用户 ${fresh?.login ?? ''} 的初始口令，首次登录须修改：`} secret={fresh?.password ?? ''} onClose={() => { setFresh(null); }} />
    </Page>
  );
}

const columns: Column<User>[] = [
  { key: 'login', title: '用户名', head: true, sort: (user) => user.login, render: (user) => <b>{user.login}</b> },
  { key: 'name', title: '称呼', sort: (user) => user.name, render: (user) => user.name },
  { key: 'title', title: '职务', render: (user) => user.title || <span className="none">—</span> },
  {
    key: 'roles', title: '角色', width: 16,
    render: (user) => user.admin ? <Tag tone="info">{roleWord(user.admin)}</Tag> : user.roles.length === 0 ? <span className="none">还没有角色</span> : <span>{[...new Set(user.roles.flatMap((one) => one.roles))].map(roleWord).join('、')}（{user.roles.length} 份合同）</span>,
  },
  { key: 'source', title: '登录方式', tight: true, render: (user) => sources[user.source] ?? user.source },
  { key: 'state', title: '状态', tight: true, sort: (user) => (user.disabled ? 1 : 0), render: (user) => user.disabled ? <Tag tone="bad">已停用</Tag> : user.lockedUntil ? <Tag tone="warn">暂时锁定</Tag> : <Tag tone="good">可登录</Tag> },
];

function Detail({ user, mayAdd, mayGrant, onFresh }: { user: User; mayAdd: boolean; mayGrant: boolean; onFresh: (fresh: NewUser) => void }) {
  const { modal } = App.useApp();
  const self = useSession().user.id === user.id;
  const change = useSending((body: Body<'ChangeUserBody'>) => ask<User>(address(`/users/${encodeURIComponent(user.id)}`), { method: 'PATCH', json: body }), { done: '已保存' });
  const reset = useSending(() => ask<NewUser>(address(`/users/${encodeURIComponent(user.id)}/password-reset`), { method: 'POST', json: {} }));
  const confirmReset = () => {
    void modal.confirm({
      title: `重置 ${user.login} 的口令？`, content: '现有口令与动态口令随即失效，已登录的会话全部退出。',
      okText: '重置', onOk: async () => { onFresh(await reset.mutateAsync(undefined)); },
    });
  };
  const confirmDisable = () => {
    void modal.confirm({ title: `停用 ${user.login}？`, content: '停用后不能登录；此前记录的事实与操作都保留。', okText: '停用', okButtonProps: { danger: true }, onOk: () => change.mutateAsync({ disabled: true }) });
  };
  return (
    <div className="stack">
      <Facts items={[
        ['用户名', user.login],
        ['编号', <code key="id">{user.id}</code>],
        ['登录方式', sources[user.source] ?? user.source],
        ...(user.external ? [['外部标识', user.external] as [string, string]] : []),
        ['建立', <InstantText key="c" at={user.createdAt} />],
        ...(user.lockedUntil ? [['锁定至', <InstantText key="l" at={user.lockedUntil} />] as [string, ReactNode]] : []),
      ]} />
      {mayAdd && (
        <>
          <Form layout="vertical" requiredMark={false} initialValues={{ name: user.name, title: user.title }} onFinish={(body: { name: string; title: string }) => { change.mutate(body); }} key={user.id}>
            <Form.Item name="name" label="称呼" rules={[{ required: true, whitespace: true, message: '请填称呼' }]} extra="用职务或岗位称呼为好，不写姓名。"><Input maxLength={100} /></Form.Item>
            <Form.Item name="title" label="职务"><Input maxLength={100} /></Form.Item>
            <Button htmlType="submit" loading={change.isPending}>保存</Button>
          </Form>
          <div className="actions">
            {user.source === 'password' && (!user.admin || self) && <Button onClick={confirmReset} loading={reset.isPending}>重置口令</Button>}
            {user.disabled ? <Button onClick={() => { change.mutate({ disabled: false }); }}>恢复使用</Button> : !self && <Button danger onClick={confirmDisable}>停用</Button>}
          </div>
        </>
      )}
      <section>
        <h3>合同中的角色</h3>
        {user.admin ? <p className="none">管理员不担任合同中的任何角色。</p> : mayGrant ? <RolesForm key={user.id} user={user} /> : (
          user.roles.length === 0 ? <p className="none">还没有角色。</p> : <ul className="lines">{user.roles.map((one) => <li key={one.contract}><code>{one.contract}</code> {one.roles.map(roleWord).join('、')}</li>)}</ul>
        )}
      </section>
    </div>
  );
}

function NewUserForm({ onMade }: { onMade: (made: NewUser) => void }) {
  const [form] = Form.useForm<Body<'NewUserBody'>>();
  const source = Form.useWatch('source', form) ?? 'password';
  const add = useSending((body: Body<'NewUserBody'>) => ask<NewUser>(address('/users'), { method: 'POST', json: body }), { done: '用户已建立', quiet: true });
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ source: 'password' }} onFinish={(body) => { add.mutate(body, { onSuccess: onMade }); }}>
      <Form.Item name="login" label="用户名" rules={[{ required: true, message: '请填用户名' }, { pattern: /^(?!u-)[a-z][a-z0-9.-]{1,39}$/, message: '小写字母开头，只含小写字母、数字、点、连字符，2 至 40 个字符' }]}><Input autoFocus maxLength={40} autoComplete="off" /></Form.Item>
      <Form.Item name="name" label="称呼" rules={[{ required: true, whitespace: true, message: '请填称呼' }]} extra="用职务或岗位称呼为好，不写姓名。"><Input maxLength={100} /></Form.Item>
      <Form.Item name="title" label="职务"><Input maxLength={100} /></Form.Item>
      <Form.Item name="source" label="登录方式"><Select options={Object.entries(sources).map(([value, label]) => ({ value, label }))} /></Form.Item>
      {source !== 'password' && <Form.Item name="external" label="在那里的标识" rules={[{ required: true, message: '请填统一目录或统一认证中的标识' }]}><Input maxLength={200} /></Form.Item>}
      {add.error && <Refusal error={add.error} />}
      <Button type="primary" htmlType="submit" loading={add.isPending} className="form-end">建立</Button>
    </Form>
  );
}
