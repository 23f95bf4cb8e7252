import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { of } from '../api/client';
import type { EvidenceFile, EvidenceRef } from '../api/types';
import { contractQuery } from '../app/queries';
import { useMay } from '../app/session';
import { Hash, Tag } from './marks';

const imageTypes = /^image\/(png|jpe?g)$/;

/** Files that prove something; pictures are shown here, the rest is downloaded. Every download is on record. */
export function EvidenceList({ contract, files }: { contract: string; files: EvidenceRef[] }) {
  const may = useMay(contract);
  const [shown, setShown] = useState<EvidenceFile | null>(null);
  const known = useQuery({ ...contractQuery<EvidenceFile[]>(contract, '/evidence'), enabled: files.length > 0 && may('read-evidence') });
  if (files.length === 0) return <p className="none">没有附证据。</p>;
  return (
    <>
      <ul className="lines">
        {files.map((file) => {
          const more = known.data?.find((one) => one.sha256 === file.sha256);
          return (
            <li key={file.sha256} className="evidence">
              <span>{file.name ?? more?.name ?? '未命名文件'} {more && <small>{size(more.size)}</small>} {more?.withdrawal && <Tag tone="warn" title={more.withdrawal.reason}>已撤回</Tag>}<br /><Hash text={file.sha256} length={24} /></span>
              {may('read-evidence') && !more?.withdrawal && (
                <span className="actions">
                  {more && imageTypes.test(more.type) && <Button size="small" onClick={() => { setShown(more); }}>预览</Button>}
                  <Button size="small" href={of(contract, `/evidence/${file.sha256}`)} download={file.name ?? file.sha256}>下载</Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Modal open={shown !== null} onCancel={() => { setShown(null); }} footer={null} title={shown?.name} width={860} destroyOnHidden>
        {shown && <img className="evidence-image" src={of(contract, `/evidence/${shown.sha256}`)} alt={shown.name} />}
      </Modal>
    </>
  );
}

export function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
