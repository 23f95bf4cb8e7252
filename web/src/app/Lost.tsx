import { Button } from 'antd';
import { Link, useRouteError } from 'react-router';
import { Nothing, Refusal } from '../parts/Awaiting';
import { Page } from '../parts/Page';

export function NotFound() {
  return <Page title="没有这个页面"><div className="panel"><Nothing title="地址可能写错了，或页面已改名"><Link to="/">回到首页</Link></Nothing></div></Page>;
}

/** A page that broke, or whose code could not be fetched because a newer console was installed meanwhile. */
export function Broken() {
  const error = useRouteError();
  const outdated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Page title={outdated ? '控制台已更新' : '页面出错'}>
      {outdated ? <div className="panel"><Nothing title="服务器上的控制台换了新版本"><Button type="primary" onClick={() => { window.location.reload(); }}>重新载入</Button></Nothing></div>
        : <Refusal error={error} again={() => { window.location.reload(); }} />}
    </Page>
  );
}
