import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, Popconfirm, Segmented, Select } from 'antd';
import { useState } from 'react';
import { address, ask } from '../../api/client';
import { Problem } from '../../api/problem';
import type { KnownContract, NewUser, User } from '../../api/types';
import { useChange } from '../../app/change';
import { usePart } from '../../app/place';
import { overallQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';
import { InstantText, Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { roleWord } from '../../parts/words';
import { Secret } from './Secret';
import { isOfBothSides, roleChoices } from './words';
import './admin.css';

const sources: Record<string, string> = { password: '本系统密码', ldap: '统一目录', oauth2: '统一认证' };

/** Users are the system administrator's, their roles the security administrator's. */
export default function Users() {
  const session = useSession();
  const isSystem = session.admins.includes('system-admin');
  const isSecurity = session.admins.includes('security-admin');
  const [text, setText] = useState('');
  const [which, setWhich] = usePart('which');
  const [chosen, setChosen] = usePart('user');
  const [act, setAct] = usePart('act');
  const [reset, setReset] = useState<NewUser | null>(null);
  const query = useQuery(overallQuery<User[]>('/users'));
  const contracts = useQuery(overallQuery<KnownContract[]>('/known-contracts'));
  const nameOf = (id: string) => contracts.data?.find((one) => one.id === id)?.name ?? id;
  const user = query.data?.find((one) => one.id === chosen);
  return (
    <Page title="用户与角色" lead={isSystem ? '系统管理员：新增、停用用户，重置密码；角色由安全管理员授予。' : '安全管理员：授予与收回各合同中的角色；用户由系统管理员维护。'} actions={isSystem && <Button type="primary" onClick={() => { setAct('add'); }}>新增用户</Button>}>
      {reset?.password && <Secret title={`${reset.login} 的新密码`} text={reset.password}>首次登录须改密码。</Secret>}
      <Awaiting query={query} rows={8} isEmpty={(users) => users.length === 0} empty={<div className="panel"><Nothing title="还没有用户" /></div>}>
        {(users) => {
          const found = users.filter((one) => (which !== 'disabled' || one.disabled) && (which !== 'none' || (!one.admin && one.roles.length === 0)) && (!text.trim() || [one.login, one.name, one.title, one.id].some((part) => part.includes(text.trim()))));
          return (
            <div className="stack">
              <div className="filters">
                <Input aria-label="查找用户" allowClear className="wide-input" placeholder="按用户名、称呼查找" onChange={(event) => { setText(event.target.value); }} />
                <Segmented aria-label="哪些用户" value={which} onChange={setWhich} options={[{ value: '', label: `全部 ${users.length}` }, { value: 'none', label: `尚无角色 ${users.filter((one) => !one.admin && one.roles.length === 0).length}` }, { value: 'disabled', label: `已停用 ${users.filter((one) => one.disabled).length}` }]} />
              </div>
              <Panel flush>{found.length === 0 ? <Nothing title="没有符合的用户" /> : <Sheet caption="用户" columns={columns(nameOf)} rows={found} rowKey={(one) => one.id} onOpen={(one) => { setReset(null); setChosen(one.id); }} />}</Panel>
            </div>
          );
        }}
      </Awaiting>
      <Drawer open={act === 'add' && isSystem} onClose={() => { setAct(null); }} size={460} title="新增用户" destroyOnHidden><Add onDone={() => { setAct(null); }} /></Drawer>
      <Drawer open={Boolean(user)} onClose={() => { setChosen(null); }} size={560} title={user ? `${user.name}（${user.login}）` : ''} destroyOnHidden>
        {user && isSystem && <Keep key={user.id} user={user} onReset={(answer) => { setReset(answer); setChosen(null); }} />}
        {user && isSecurity && <Roles key={`r${user.id}`} user={user} contracts={contracts.data ?? []} />}
      </Drawer>
    </Page>
  );
}

const columns = (nameOf: (contract: string) => string): Column<User>[] => [
  { key: 'login', title: '用户名', head: true, tight: true, render: (one) => <>{one.login} {one.disabled && <Tag tone="bad">已停用</Tag>} {one.lockedUntil && <Tag tone="warn" title={`锁定至 ${one.lockedUntil}`}>锁定</Tag>}</>, sort: (one) => one.login },
  { key: 'name', title: '称呼', render: (one) => <>{one.name}{one.title && one.title !== one.name && <small>　{one.title}</small>}</> },
  { key: 'roles', title: '角色', width: 18, render: (one) => (one.admin ? <Tag tone="info">{roleWord(one.admin)}</Tag> : <Held user={one} nameOf={nameOf} />) },
  { key: 'source', title: '登录方式', tight: true, render: (one) => <>{sources[one.source] ?? one.source}{one.mustChangePassword && <small>　待改密码</small>}</> },
  { key: 'createdAt', title: '新增', tight: true, render: (one) => <InstantText at={one.createdAt} />, sort: (one) => one.createdAt },
];

function Held({ user, nameOf }: { user: User; nameOf: (contract: string) => string }) {
  if (user.roles.length === 0) return <span className="none">尚无角色</span>;
  const sets = new Set(user.roles.map((one) => one.roles.join()));
  // The same roles everywhere are said once.
  if (sets.size === 1 && user.roles.length > 1) return <>{user.roles[0]?.roles.map(roleWord).join('、')}<small>　{user.roles.length} 份合同</small></>;
  return <ul className="held">{user.roles.map((one) => <li key={one.contract}>{one.roles.map(roleWord).join('、')}<small>　{nameOf(one.contract)}</small></li>)}</ul>;
}

function Add({ onDone }: { onDone: () => void }) {
  const [fields, setFields] = useState({ login: '', name: '', title: '', source: 'password', external: '' });
  const [told, setTold] = useState(false);
  const send = useChange<void, NewUser>(null, () => ask<NewUser>(address('/users'), { method: 'POST', json: { login: fields.login.trim(), name: fields.name.trim(), title: fields.title.trim(), source: fields.source, ...(fields.source === 'password' ? {} : { external: fields.external.trim() }) } }));
  const said = (name: string) => (send.error instanceof Problem ? send.error.errors.find((one) => one.field === name)?.message : undefined);
  const faults = {
    login: /^(?!u-)[a-z][a-z0-9.-]{1,39}$/.test(fields.login.trim().toLowerCase()) ? said('login') : '小写字母开头，含小写字母、数字、点、连字符，2 至 40 个字符，不以 u- 开头',
    name: fields.name.trim() ? said('name') : '请填写称呼',
    external: fields.source === 'password' || fields.external.trim() ? said('external') : '请填写在统一目录或统一认证中的标识',
  };
  const set = (name: keyof typeof fields) => (value: string) => { setFields({ ...fields, [name]: value }); send.reset(); };
  if (send.data) {
    return (
      <div className="form">
        {send.data.password ? <Secret title={`已新增 ${send.data.login}，初始密码`} text={send.data.password}>首次登录须改密码。</Secret> : <p className="notice good" role="status"><strong>已新增 {send.data.login}</strong>用统一账号登录。</p>}
        <p>还没有任何角色，请安全管理员授予。</p>
        <div className="form-foot"><Button type="primary" onClick={onDone}>完成</Button></div>
      </div>
    );
  }
  const check = () => { setTold(true); return /^(?!u-)[a-z][a-z0-9.-]{1,39}$/.test(fields.login.trim().toLowerCase()) && Boolean(fields.name.trim()) && (fields.source === 'password' || Boolean(fields.external.trim())); };
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); if (check()) send.mutate(); }} aria-label="新增用户">
      <Field label="用户名" required error={told ? faults.login : undefined}>{(id) => <Input id={id} autoComplete="off" maxLength={40} value={fields.login} onChange={(event) => { set('login')(event.target.value); }} />}</Field>
      <Field label="称呼" required error={told ? faults.name : undefined} hint="写职责，不写姓名，如“一线值班工程师 2”">{(id) => <Input id={id} maxLength={60} value={fields.name} onChange={(event) => { set('name')(event.target.value); }} />}</Field>
      <Field label="职务">{(id) => <Input id={id} maxLength={60} value={fields.title} onChange={(event) => { set('title')(event.target.value); }} />}</Field>
      <Field label="登录方式">{(id) => <Select id={id} value={fields.source} onChange={set('source')} options={Object.entries(sources).map(([value, label]) => ({ value, label }))} />}</Field>
      {fields.source !== 'password' && <Field label="外部标识" required error={told ? faults.external : undefined} hint="目录中的用户名，或统一认证的主体标识">{(id) => <Input id={id} maxLength={200} value={fields.external} onChange={(event) => { set('external')(event.target.value); }} />}</Field>}
      {send.error && <Refusal error={send.error} />}
      <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>新增</Button></div>
    </form>
  );
}

function Keep({ user, onReset }: { user: User; onReset: (answer: NewUser) => void }) {
  const session = useSession();
  const [name, setName] = useState(user.name);
  const [title, setTitle] = useState(user.title);
  const change = useChange<{ disabled?: boolean; name?: string; title?: string }, User>(null, (body) => ask<User>(address(`/users/${encodeURIComponent(user.id)}`), { method: 'PATCH', json: body }));
  const reset = useChange<void, NewUser>(null, () => ask<NewUser>(address(`/users/${encodeURIComponent(user.id)}/password-reset`), { method: 'POST' }));
  return (
    <div className="stack">
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); if (name.trim()) change.mutate({ name: name.trim(), title: title.trim() }); }} aria-label="修改用户">
        <Field label="称呼" required error={name.trim() ? undefined : '请填写称呼'}>{(id) => <Input id={id} maxLength={60} value={name} onChange={(event) => { setName(event.target.value); }} />}</Field>
        <Field label="职务">{(id) => <Input id={id} maxLength={60} value={title} onChange={(event) => { setTitle(event.target.value); }} />}</Field>
        {(change.error ?? reset.error) && <Refusal error={change.error ?? reset.error} />}
        <div className="form-foot">
          <Button type="primary" htmlType="submit" loading={change.isPending}>保存</Button>
          {user.source === 'password' && <Popconfirm title={`重置 ${user.login} 的密码？`} description="其登录全部退出，两步验证须重新设置。" onConfirm={() => { reset.mutate(undefined, { onSuccess: onReset }); }}><Button loading={reset.isPending}>重置密码</Button></Popconfirm>}
          {user.disabled
            ? <Button onClick={() => { change.mutate({ disabled: false }); }}>启用</Button>
            : user.id !== session.user.id && <Popconfirm title={`停用 ${user.login}？`} description="立即退出登录，不能再登录；其所记事实不受影响。" onConfirm={() => { change.mutate({ disabled: true }); }}><Button danger>停用</Button></Popconfirm>}
          {change.isSuccess && <small role="status">已保存。</small>}
        </div>
      </form>
      <p className="none">编号 <code>{user.id}</code>，事实以此为记录人。</p>
    </div>
  );
}

function Roles({ user, contracts }: { user: User; contracts: KnownContract[] }) {
  const [changes, setChanges] = useState<Record<string, string[]>>({});
  const send = useChange<{ contract: string; roles: string[] }, User>(null, (body) => ask<User>(address(`/users/${encodeURIComponent(user.id)}/roles`), { method: 'PUT', json: body }));
  if (user.admin) return <p className="notice info">{roleWord(user.admin)}不担任合同中的任何角色。</p>;
  const held = (contract: string) => changes[contract] ?? user.roles.find((one) => one.contract === contract)?.roles ?? [];
  const all = [...contracts, ...user.roles.filter((one) => !contracts.some((contract) => contract.id === one.contract)).map((one) => ({ id: one.contract, name: one.contract }))];
  if (all.length === 0) return <Nothing title="还没有合同" />;
  return (
    <div className="role-table">
      <p className="none">一个人在同一合同中不能兼任甲乙双方的角色；保存即生效，记入审计日志。</p>
      {send.error && <Refusal error={send.error} />}
      {all.map((contract) => {
        const roles = held(contract.id);
        const both = isOfBothSides(roles);
        return (
          <fieldset key={contract.id}>
            <legend>{contract.name}</legend>
            {roleChoices.map((choice) => (
              <div key={choice.side} className="boxes" role="group" aria-label={choice.side}>
                <span>{choice.side}</span>
                {choice.roles.map((role) => <Checkbox key={role} checked={roles.includes(role)} onChange={(event) => { setChanges({ ...changes, [contract.id]: event.target.checked ? [...roles, role] : roles.filter((one) => one !== role) }); }}>{roleWord(role)}</Checkbox>)}
              </div>
            ))}
            {both && <p className="field-error" role="alert">不能兼任甲乙双方的角色</p>}
            {changes[contract.id] && <div className="form-foot"><Button size="small" type="primary" disabled={both} loading={send.isPending && send.variables.contract === contract.id} onClick={() => { send.mutate({ contract: contract.id, roles }, { onSuccess: () => { setChanges(({ [contract.id]: _, ...rest }) => rest); } }); }}>保存</Button><Button size="small" onClick={() => { setChanges(({ [contract.id]: _, ...rest }) => rest); }}>不改</Button></div>}
          </fieldset>
        );
      })}
    </div>
  );
}
