import { App, Button, Modal } from 'antd';

/** Something that is shown this once and never again. */
export function Once({ open, title, what, secret, onClose }: { open: boolean; title: string; what: string; secret: string; onClose: () => void }) {
  const { message } = App.useApp();
  const copy = () => { navigator.clipboard.writeText(secret).then(() => { void message.success('已复制'); }, () => { void message.info('浏览器不允许复制，请手工抄录'); }); };
  return (
    <Modal open={open} title={title} onCancel={onClose} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>我已保存</Button>}>
      <p>{what}</p>
      <p className="once"><code>{secret}</code><Button size="small" onClick={copy}>复制</Button></p>
      <p className="none">只显示这一次。请当面或经安全渠道交给本人，不要用普通邮件或聊天工具发送。</p>
    </Modal>
  );
}
