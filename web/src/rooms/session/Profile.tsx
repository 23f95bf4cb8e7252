import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { address, ask } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Session, TotpOffer } from '../../api/types';
import { isRestricted, useSession, useSignedIn } from '../../app/session';
import { Facts, Page, Panel } from '../../parts/Page';
import { Refusal } from '../../parts/Awaiting';
import { Tag } from '../../parts/marks';
import { roleWord } from '../../parts/words';
import './profile.css';

/** Who I am here, my password, my second factor. Before these are in order, some people get no further than this page. */
export default function Profile() {
  const session = useSession();
  const mustChange = session.password === 'must-change';
  const mustEnrol = session.totp === 'must-enrol';
  return (
    <Page title="口令与动态口令" lead={mustChange ? '请先设置新口令，才能继续。' : mustEnrol ? '管理员须启用动态口令，才能继续。' : undefined}>
      <div className="profile">
        <Panel title="我的账号">
          <Facts items={[
            ['称呼', session.user.name],
            ['职务', session.user.title || '—'],
            ['用户编号', <code key="id">{session.user.id}</code>],
            ...(session.admins.length > 0 ? [['管理员', session.admins.map(roleWord).join('、')] as [string, string]] : []),
            ...session.contracts.map((contract): [string, string] => [contract.roles.map(roleWord).join('、'), contract.name]),
          ]} />
        </Panel>
        {mustEnrol && !mustChange && <SecondFactor />}
        {session.password !== 'elsewhere' && <Password />}
        {!mustEnrol && !mustChange && session.password !== 'elsewhere' && <SecondFactor />}
      </div>
    </Page>
  );
}

/** Takes the session that a change gave, and goes on to the first page when that was all that stood in the way. */
function useTake() {
  const session = useSession();
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return (next: Session, done: string) => {
    signedIn(next);
    void message.success(done);
    if (isRestricted(session) && !isRestricted(next)) void navigate('/', { replace: true });
  };
}

interface PasswordFields {
  old: string;
  new: string;
  again: string;
}

function Password() {
  const [form] = Form.useForm<PasswordFields>();
  const take = useTake();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const send = async ({ old, new: next }: PasswordFields) => {
    setBusy(true);
    setRefusal(null);
    try {
      const session = await ask<Session>(address('/session/password'), { method: 'POST', json: { old, new: next } });
      form.resetFields();
      take(session, '口令已修改，其他地方的登录已退出');
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title="修改口令">
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        <Form.Item name="old" label="现在的口令" rules={[{ required: true, message: '请填现在的口令' }]}><Input.Password autoComplete="current-password" maxLength={200} /></Form.Item>
        <Form.Item name="new" label="新口令" rules={[{ required: true, message: '请填新口令' }, { min: 10, message: '至少 10 个字符' }]} extra="至少 10 个字符，大写字母、小写字母、数字、符号、汉字中至少三种。"><Input.Password autoComplete="new-password" maxLength={200} /></Form.Item>
        <Form.Item name="again" label="再填一次新口令" dependencies={['new']} rules={[{ required: true, message: '请再填一次' }, ({ getFieldValue }) => ({ validator: (_, value) => (!value || value === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error('两次不一致'))) })]}><Input.Password autoComplete="new-password" maxLength={200} /></Form.Item>
        {refusal !== null && <Refusal error={refusal} />}
        <Button type="primary" htmlType="submit" loading={busy}>修改口令</Button>
      </Form>
    </Panel>
  );
}

/** Base32 in groups of four, as people type it. */
const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

function SecondFactor() {
  const session = useSession();
  const take = useTake();
  const [offer, setOffer] = useState<TotpOffer | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
    } catch (error) {
      if (error instanceof Problem && error.word === 'totp-required' && !needsCode) setNeedsCode(true);
      else setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const begin = (code?: string) => run(async () => {
    setOffer(await ask<TotpOffer>(address('/session/totp'), { method: 'POST', json: code ? { code: code.replace(/\s/g, '') } : {} }));
    setNeedsCode(false);
  });
  const enrol = (code: string) => run(async () => {
    const next = await ask<Session>(address('/session/totp'), { method: 'PUT', json: { code: code.replace(/\s/g, '') } });
    setOffer(null);
    take(next, '动态口令已启用');
  });
  return (
    <Panel title="动态口令" extra={session.totp === 'on' ? <Tag tone="good">已启用</Tag> : <Tag tone="warn">未启用</Tag>}>
      {offer ? (
        <div className="totp">
          <p>用手机上的验证器扫描，或输入密钥；然后填写它显示的六位数字。</p>
          <img src={`data:image/svg+xml;base64,${btoa(offer.qr)}`} alt="动态口令的二维码" width={200} height={200} />
          <p>密钥：<code>{grouped(offer.secret)}</code></p>
          <CodeForm label="动态口令" button="启用" busy={busy} onCode={(code) => void enrol(code)} />
        </div>
      ) : needsCode ? <CodeForm label="现在的动态口令" button="继续" busy={busy} onCode={(code) => void begin(code)} /> : (
        <>
          <p>登录时除口令外，再填验证器上的六位数字。{session.totp === 'on' ? '更换手机时可重新设置。' : ''}</p>
          <p className="profile-act"><Button type={session.totp === 'on' ? 'default' : 'primary'} loading={busy} onClick={() => void begin()}>{session.totp === 'on' ? '重新设置' : '启用动态口令'}</Button></p>
        </>
      )}
      {refusal !== null && <Refusal error={refusal} />}
    </Panel>
  );
}

function CodeForm({ label, button, busy, onCode }: { label: string; button: string; busy: boolean; onCode: (code: string) => void }) {
  return (
    <Form layout="vertical" requiredMark={false} onFinish={({ code }: { code: string }) => { onCode(code); }}>
      <Form.Item name="code" label={label} rules={[{ required: true, message: '请填六位数字' }, { pattern: /^\s*\d{3}\s?\d{3}\s*$/, message: '应为六位数字' }]}><Input autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={8} className="code-input" /></Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>{button}</Button>
    </Form>
  );
}
