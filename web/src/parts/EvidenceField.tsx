import { Button } from 'antd';
import { useRef, useState } from 'react';
import { of, upload } from '../api/client';
import { Problem } from '../api/problem';
import type { EvidenceFile, EvidenceRef } from '../api/types';
import { Hash } from './marks';

interface Underway {
  key: number;
  name: string;
  share: number;
  refusal?: string;
}

export interface EvidenceFieldProps {
  contract: string;
  files: EvidenceRef[];
  onChange: (change: (files: EvidenceRef[]) => EvidenceRef[]) => void;
  /** Told while files are on their way: nothing should be handed in meanwhile. */
  onBusy?: (busy: boolean) => void;
  id?: string;
}

/** Files that prove something, handed in one by one as they are chosen or dropped. */
export function EvidenceField({ contract, files, onChange, onBusy, id }: EvidenceFieldProps) {
  const [underway, setUnderway] = useState<Underway[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const next = useRef(0);
  const count = useRef(0);
  const send = async (chosen: Iterable<File>) => {
    for (const file of [...chosen]) {
      const key = next.current++;
      setUnderway((now) => [...now, { key, name: file.name, share: 0 }]);
      count.current += 1;
      onBusy?.(true);
      try {
        const form = new FormData();
        form.append('file', file, file.name);
        const stored = await upload<EvidenceFile>(of(contract, '/evidence'), form, (share) => { setUnderway((now) => now.map((one) => (one.key === key ? { ...one, share } : one))); });
        setUnderway((now) => now.filter((one) => one.key !== key));
        onChange((now) => (now.some((one) => one.sha256 === stored.sha256) ? now : [...now, { sha256: stored.sha256, name: stored.name }]));
      } catch (error) {
        const refusal = error instanceof Problem ? error.message : '文件没有上传成功，请重试。';
        setUnderway((now) => now.map((one) => (one.key === key ? { ...one, refusal } : one)));
      } finally {
        count.current -= 1;
        onBusy?.(count.current > 0);
      }
    }
  };
  return (
    <div className="uploads">
      <div
        className={`drop ${over ? 'over' : ''}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => { setOver(false); }}
        onDrop={(event) => { event.preventDefault(); setOver(false); void send(event.dataTransfer.files); }}
      >
        <Button {...(id ? { id } : {})} onClick={() => { input.current?.click(); }}>选择文件</Button>
        <small>可拖到此处，可多选。文件名与内容请勿含身份证号、手机号、银行账号。</small>
        <input ref={input} type="file" multiple hidden aria-hidden tabIndex={-1} onChange={(event) => { const chosen = [...(event.target.files ?? [])]; event.target.value = ''; void send(chosen); }} />
      </div>
      {(files.length > 0 || underway.length > 0) && (
        <ul>
          {files.map((file) => (
            <li key={file.sha256}>
              <span>{file.name} <Hash text={file.sha256} /></span>
              <button type="button" className="plain" onClick={() => { onChange((now) => now.filter((one) => one.sha256 !== file.sha256)); }} aria-label={`移除 ${file.name ?? '文件'}`}>移除</button>
            </li>
          ))}
          {underway.map((one) => (
            <li key={one.key}>
              <span>{one.name}</span>
              {one.refusal === undefined ? <small>{Math.round(one.share * 100)}%</small> : <button type="button" className="plain" onClick={() => { setUnderway((now) => now.filter((other) => other.key !== one.key)); }}>知道了</button>}
              {one.refusal === undefined ? <progress value={one.share} max={1} aria-label={`正在上传 ${one.name}`} /> : <p className="field-error" role="alert">{one.refusal}</p>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

