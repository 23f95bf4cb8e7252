import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { address, ask } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Session, SignInWays } from '../../api/types';
import { overallQuery } from '../../app/queries';
import { useSignedIn } from '../../app/session';
import { useTitle } from '../../app/title';
import { Mark } from '../../parts/marks';

interface Fields {
  user: string;
  password: string;
  code?: string;
}

/** Name and password; then, for who has set it up, the six digits. */
export default function SignIn() {
  useTitle('登录');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const ways = useQuery(overallQuery<SignInWays>('/session/ways'));
  const [form] = Form.useForm<Fields>();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const code = useRef<InputRef>(null);
  useEffect(() => { if (step === 'code') code.current?.focus(); }, [step]);

  const send = async () => {
    const fields = form.getFieldsValue(true) as Fields;
    setBusy(true);
    setRefusal(null);
    try {
      signedIn(await ask<Session>(address('/session'), { method: 'POST', json: { user: fields.user.trim(), password: fields.password, ...(fields.code ? { code: fields.code.replace(/\s/g, '') } : {}) } }));
      void navigate(inside(search.get('to')), { replace: true });
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, '', '登录没有成功', String(error));
      if (problem.word === 'totp-required' && step === 'password') setStep('code');
      else {
        setRefusal(problem);
        form.setFieldValue('code', '');
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="sign-in">
      <main className="sign-in-box">
        <h1><Mark size={36} /><span>约衡<small>运维服务合同履约评判</small></span></h1>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={() => void send()} initialValues={{ user: '', password: '' }} aria-label="登录">
          {step === 'password' ? (
            <>
              <Form.Item name="user" label="用户名" rules={[{ required: true, whitespace: true, message: '请填用户名' }]}><Input autoFocus autoComplete="username" maxLength={100} size="large" /></Form.Item>
              <Form.Item name="password" label="口令" rules={[{ required: true, message: '请填口令' }]}><Input.Password autoComplete="current-password" maxLength={200} size="large" /></Form.Item>
            </>
          ) : (
            <Form.Item name="code" label="动态口令" extra="打开验证器，填写此刻显示的六位数字" rules={[{ required: true, message: '请填六位数字' }, { pattern: /^\s*\d{3}\s?\d{3}\s*$/, message: '应为六位数字' }]}>
              <Input ref={code} autoComplete="one-time-code" inputMode="numeric" maxLength={8} size="large" />
            </Form.Item>
          )}
          {refusal && <p className="sign-in-refusal" role="alert">{refusal.message}{waitOf(refusal)}</p>}
          <Button type="primary" htmlType="submit" block size="large" loading={busy}>{step === 'password' ? '登录' : '验证'}</Button>
          {step === 'code' && <Button type="link" block onClick={() => { setStep('password'); setRefusal(null); form.resetFields(['code', 'password']); }}>换一个用户</Button>}
        </Form>
        {step === 'password' && ways.data?.oauth2 && <Button block size="large" className="sign-in-other" href={address('/session/oauth2', { to: inside(search.get('to')) })}>用{ways.data.oauth2.name}登录</Button>}
        {ways.data?.ldap && step === 'password' && <p className="none">可用本单位的统一账号登录。</p>}
        {ways.error && <p className="sign-in-refusal" role="alert">{ways.error.message}</p>}
      </main>
    </div>
  );
}

function waitOf(problem: Problem): string {
  const seconds = Number(problem.more['retryAfter']);
  return problem.status === 429 && seconds > 0 ? `（约 ${Math.ceil(seconds / 60)} 分钟后可再试）` : '';
}

/** Only addresses of this console: a link from elsewhere must not lead away after signing in. */
export function inside(to: string | null): string {
  return to && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/';
}
