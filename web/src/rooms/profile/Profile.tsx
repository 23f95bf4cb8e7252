import { Button, Input } from 'antd';
import { useState } from 'react';
import { address, ask } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Session, TotpOffer } from '../../api/types';
import { useChange } from '../../app/change';
import { useSession, useSignedIn } from '../../app/session';
import { Refusal } from '../../parts/Awaiting';
import { Field } from '../../parts/Field';
import { Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { toMinute } from '../../parts/times';
import { roleWord } from '../../parts/words';
import './profile.css';

/** One's own password and second factor. */
export default function Profile() {
  const session = useSession();
  const must = session.password === 'must-change' ? '请先改密码，再继续使用。' : session.totp === 'must-enrol' ? '管理员须先设置两步验证，再继续使用。' : null;
  return (
    <Page title="密码与两步验证" lead={must ?? undefined}>
      {must && <p className="notice" role="alert">{must}</p>}
      <div className="halves">
        <div className="stack">
          {session.password === 'elsewhere'
            ? <Panel title="密码"><p>您用本单位的统一账号登录，密码请到那里修改。</p></Panel>
            : <Password />}
        </div>
        <div className="stack">
          {session.password !== 'must-change' && <SecondFactor />}
          <Panel title="我是谁">
            <Facts items={[
              ['称呼', session.user.name], ['编号', <code key="i">{session.user.id}</code>],
              ['职责', [...session.admins.map(roleWord), ...new Set(session.contracts.flatMap((one) => one.roles.map(roleWord)))].join('、') || '—'],
              ['本次登录至', toMinute(session.expiresAt)],
            ]} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function Password() {
  const signedIn = useSignedIn();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [told, setTold] = useState(false);
  const send = useChange<void, Session>(null, () => ask<Session>(address('/session/password'), { method: 'POST', json: { old, new: fresh } }));
  const said = (name: string) => (send.error instanceof Problem ? send.error.errors.find((one) => one.field === name)?.message : undefined);
  const faults = { old: old ? said('old') : '请填写', fresh: fresh.length < 10 ? '至少 10 个字符' : said('new'), again: again === fresh ? undefined : '两次填写的不同' };
  return (
    <Panel title="改密码">
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); setTold(true); if (old && fresh.length >= 10 && again === fresh) send.mutate(undefined, { onSuccess: (session) => { signedIn(session); setOld(''); setFresh(''); setAgain(''); setTold(false); } }); }} aria-label="改密码">
        <Field label="现在的密码" required error={told ? faults.old : undefined}>{(id) => <Input.Password id={id} autoComplete="current-password" maxLength={200} value={old} onChange={(event) => { setOld(event.target.value); send.reset(); }} />}</Field>
        <Field label="新密码" required error={told ? faults.fresh : undefined} hint="至少 10 个字符，含大写字母、小写字母、数字、符号中的三种">{(id, described) => <Input.Password id={id} {...(described ? { 'aria-describedby': described } : {})} autoComplete="new-password" maxLength={200} value={fresh} onChange={(event) => { setFresh(event.target.value); send.reset(); }} />}</Field>
        <Field label="再填一次" required error={told ? faults.again : undefined}>{(id) => <Input.Password id={id} autoComplete="new-password" maxLength={200} value={again} onChange={(event) => { setAgain(event.target.value); }} />}</Field>
        {send.error && !(send.error instanceof Problem && send.error.errors.length > 0) && <Refusal error={send.error} />}
        <div className="form-foot"><Button type="primary" htmlType="submit" loading={send.isPending}>改密码</Button>{send.isSuccess && <small role="status">已改；其他地方的登录都已退出。</small>}</div>
      </form>
    </Panel>
  );
}

/** Setting up an authenticator: its picture, then a code of it to prove that it works. */
function SecondFactor() {
  const session = useSession();
  const signedIn = useSignedIn();
  const [current, setCurrent] = useState('');
  const [code, setCode] = useState('');
  const offer = useChange<void, TotpOffer>(null, () => ask<TotpOffer>(address('/session/totp'), { method: 'POST', json: session.totp === 'on' ? { code: current.replace(/\s/g, '') } : {} }));
  const enrol = useChange<void, Session>(null, () => ask<Session>(address('/session/totp'), { method: 'PUT', json: { code: code.replace(/\s/g, '') } }));
  const isCode = (text: string) => /^\s*\d{3}\s?\d{3}\s*$/.test(text);
  const state = session.totp === 'on' ? <Tag tone="good">已启用</Tag> : session.totp === 'must-enrol' ? <Tag tone="bad">须设置</Tag> : <Tag>未启用</Tag>;
  return (
    <Panel title="两步验证" extra={state}>
      {!offer.data ? (
        <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); if (session.totp !== 'on' || isCode(current)) offer.mutate(); }} aria-label="设置两步验证">
          <p>登录时除密码外，再填手机验证器上的六位数字。{session.totp === 'on' ? '换手机时在此重新设置。' : '需要一部装有验证器（支持 TOTP）的手机，不需要联网。'}</p>
          {session.totp === 'on' && <Field label="现在的验证码" required error={offer.error?.message}>{(id) => <Input id={id} className="code" inputMode="numeric" autoComplete="one-time-code" maxLength={8} value={current} onChange={(event) => { setCurrent(event.target.value); }} />}</Field>}
          {offer.error && session.totp !== 'on' && <Refusal error={offer.error} />}
          <div className="form-foot"><Button type={session.totp === 'must-enrol' ? 'primary' : 'default'} htmlType="submit" loading={offer.isPending}>{session.totp === 'on' ? '重新设置' : '开始设置'}</Button>{enrol.isSuccess && <small role="status">已启用。</small>}</div>
        </form>
      ) : (
        <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); if (isCode(code)) enrol.mutate(undefined, { onSuccess: (next) => { signedIn(next); offer.reset(); setCode(''); setCurrent(''); } }); }} aria-label="核对验证码">
          <ol className="enrol">
            <li>用验证器扫描：<br /><img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(offer.data.qr)}`} alt="两步验证的二维码；不能扫描时请输入下方的密钥" width={196} height={196} /></li>
            <li>不能扫描时输入密钥：<br /><code className="secret">{offer.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></li>
            <li>填写验证器此刻显示的六位数字：
              <Field label="验证码" required error={enrol.error?.message}>{(id) => <Input id={id} className="code" autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={8} value={code} onChange={(event) => { setCode(event.target.value); enrol.reset(); }} />}</Field>
            </li>
          </ol>
          <div className="form-foot"><Button type="primary" htmlType="submit" disabled={!isCode(code)} loading={enrol.isPending}>启用</Button><Button onClick={() => { offer.reset(); enrol.reset(); setCode(''); }}>取消</Button></div>
        </form>
      )}
    </Panel>
  );
}
