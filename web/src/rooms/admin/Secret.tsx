import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import './admin.css';

/** Something that is shown this once. */
export function Secret({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  const { message } = App.useApp();
  const copy = () => {
    navigator.clipboard.writeText(text).then(() => { void message.success('已复制'); }, () => { void message.info('浏览器不允许复制，请抄写'); });
  };
  return (
    <div className="notice good" role="status">
      <strong>{title}</strong>
      <p className="shown-once"><code>{text}</code><Button size="small" onClick={copy}>复制</Button></p>
      <p>只显示这一次，关闭后不能再看。{children}</p>
    </div>
  );
}
