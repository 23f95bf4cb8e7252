import { Button, Drawer, Dropdown, Select } from 'antd';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { address, ask } from '../api/client';
import { Mark, Tag } from '../parts/marks';
import { TracePanel } from '../parts/TracePanel';
import { roleWord } from '../parts/words';
import { BusinessClock } from './BusinessClock';
import { useLive, type Liveness } from './live';
import { navigation, type Group } from './navigation';
import { contractPath, useContract } from './place';
import { PageSkeleton } from './PageSkeleton';
import { isRestricted, useContractOfSession, useSession, useSignedIn } from './session';

const livenessWords: Record<Liveness, string> = { live: '实时', connecting: '正在连接', lost: '连接中断' };

export function Shell() {
  const session = useSession();
  const contract = useContractOfSession(useContract());
  const restricted = isRestricted(session);
  const liveness = useLive(!restricted && session.contracts.length > 0);
  const [menu, setMenu] = useState(false);
  const location = useLocation();
  const main = useRef<HTMLElement>(null);
  const groups = restricted ? [] : navigation(session, contract);

  // A new page starts at its top, and a reader of the screen hears its title.
  useEffect(() => {
    setMenu(false);
    main.current?.scrollTo(0, 0);
  }, [location.pathname]);

  const skip = () => { main.current?.focus(); };
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); skip(); }}>跳到正文</a>
      <header className="top">
        <Link to="/" className="brand" aria-label="约衡，回到首页"><Mark /><b>约衡</b></Link>
        <ContractSwitch />
        <div className="top-right">
          {session.demo && <Tag tone="warn">演示数据</Tag>}
          <BusinessClock />
          {session.contracts.length > 0 && <span className={`liveness ${liveness}`} title={liveness === 'live' ? '新的事实会自动出现在页面上' : '页面此刻不会自动更新'} role="status"><i aria-hidden />{livenessWords[liveness]}</span>}
          <UserMenu />
        </div>
      </header>
      <nav className="side" aria-label="主导航"><NavGroups groups={groups} /></nav>
      <main id="main" className="main" ref={main} tabIndex={-1}>
        {session.demo && <p className="demo-print">演示数据：以下内容由模拟的事实得出，不代表任何真实合同。</p>}
        <Suspense fallback={<PageSkeleton />}><Outlet /></Suspense>
      </main>
      <nav className="bottom" aria-label="常用">
        {groups[0]?.entries.slice(0, 3).map((entry) => <NavLink key={entry.key} to={entry.to} end>{entry.label}</NavLink>)}
        <button type="button" onClick={() => { setMenu(true); }} aria-haspopup="dialog">菜单</button>
      </nav>
      <Drawer open={menu} onClose={() => { setMenu(false); }} placement="left" size={260} title={<span className="brand"><Mark /> <b>约衡</b></span>} className="menu-drawer">
        <NavGroups groups={groups} />
      </Drawer>
      <TracePanel />
      {session.contracts.some((one) => one.roles.includes('auditor')) && <Watermark text={`审计 ${session.user.name} ${session.user.id}`} />}
    </div>
  );
}

/** Whose screen or paper it was: what an auditor reads carries it. */
function Watermark({ text }: { text: string }) {
  return <div className="watermark" aria-hidden>{Array.from({ length: 40 }, (_, place) => <span key={place}>{text}</span>)}</div>;
}

function NavGroups({ groups }: { groups: Group[] }) {
  return (
    <>
      {groups.map((group) => (
        <div className="nav-group" key={group.label}>
          <h2>{group.label}</h2>
          <ul>{group.entries.map((entry) => <li key={entry.key}><NavLink to={entry.to} end={entry.key === '/' || /^\/c\/[^/]+$/.test(entry.key)}>{entry.label}</NavLink></li>)}</ul>
        </div>
      ))}
    </>
  );
}

/** Goes to the same page of another contract. */
function ContractSwitch() {
  const session = useSession();
  const contract = useContract();
  const location = useLocation();
  const navigate = useNavigate();
  if (session.contracts.length === 0) return <span />;
  const page = contract ? (location.pathname.split('/')[3] ?? '') : '';
  return (
    <Select
      className="switch"
      aria-label="选择合同"
      placeholder="选择合同"
      value={contract || null}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      options={session.contracts.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(id: string) => { void navigate(contractPath(id, page)); }}
    />
  );
}

function UserMenu() {
  const session = useSession();
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const contract = useContractOfSession(useContract());
  const words = [...session.admins, ...(contract?.roles ?? [])].map(roleWord);
  const leave = async () => {
    await ask(address('/session'), { method: 'DELETE' }).catch(() => undefined);
    signedIn(null);
    void navigate('/sign-in');
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', label: <span><b>{session.user.name}</b><br /><small>{words.join('、') || session.user.title || session.user.id}</small></span>, disabled: true },
          { type: 'divider' },
          { key: 'profile', label: '口令与动态口令', onClick: () => { void navigate('/profile'); } },
          { key: 'leave', label: '退出登录', onClick: () => { void leave(); } },
        ],
      }}
    >
      <Button type="text" className="user" aria-label={`用户：${session.user.name}`}><span className="user-name">{session.user.name}</span><span className="user-short" aria-hidden>{session.user.name.slice(0, 1)}</span></Button>
    </Dropdown>
  );
}
