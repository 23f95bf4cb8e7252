import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ask, of } from '../../api/client';
import type { Chain, Checkpoint, Verification as Answer } from '../../api/types';
import { useSending } from '../../app/sending';
import { useContract, useContractPath } from '../../app/place';
import { contractQuery } from '../../app/queries';
import { useContractOfSession, useMay } from '../../app/session';
import { Awaiting, Nothing, Refusal } from '../../parts/Awaiting';
import { Hash, InstantText, Tag } from '../../parts/marks';
import { Facts, Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import './verification.css';

/** Whether everything is as it was recorded: the chain, what was signed of it, the bundle by which anybody can see for themselves. */
export default function Verification() {
  const contract = useContract();
  const may = useMay(contract);
  const query = useQuery(contractQuery<Chain>(contract, '/chain'));
  return (
    <Page title="核验与导出" of={useContractOfSession(contract)?.name} lead="每件事实都含前一件的散列值；任何改动、删除、插入或调换都会使其后全部对不上。">
      <Awaiting query={query} rows={10}>
        {(chain) => (
          <div className="stack">
            <div className="columns">
              <div className="stack">
                {may('verify') && <Verify count={chain.head.seq} />}
                {may('export') && <Export />}
              </div>
              <div className="stack">
                <Panel title="链首">
                  <Facts items={[['事实', `${chain.head.seq} 件`], ['散列值', chain.head.seq === 0 ? '还没有' : <code key="h">{chain.head.hash}</code>], ['主张的步骤', chain.claims.seq === 0 ? '还没有' : `${chain.claims.seq} 步`], ...(chain.claims.seq === 0 ? [] : [['散列值 ', <code key="c">{chain.claims.hash}</code>] as [string, ReactNode]])]} />
                </Panel>
                <Panel title="签署的公钥">
                  {chain.keys.length === 0 ? <p className="none">还没有。</p> : chain.keys.map((key) => (
                    <details key={key.id} className="key">
                      <summary><Hash text={key.id} length={16} /> {key.algorithm} {key.isCurrent && <Tag tone="good">现用</Tag>}<small>　<InstantText at={key.madeAt} /> 启用</small></summary>
                      <pre>{key.pem}</pre>
                    </details>
                  ))}
                </Panel>
              </div>
            </div>
            <Panel title={`检查点 ${chain.checkpoints.length} 个`} extra={chain.checkpoints.length > 0 && <a href={of(contract, '/chain/checkpoints')} download>下载（供日后对照）</a>} flush>
              {chain.checkpoints.length === 0 ? <Nothing title="还没有检查点">每日以及每次出具评估报告时，对链首签名一次。</Nothing> : <Checkpoints all={chain.checkpoints} />}
            </Panel>
          </div>
        )}
      </Awaiting>
    </Page>
  );
}

const firstShown = 60;

function Checkpoints({ all }: { all: Checkpoint[] }) {
  const to = useContractPath();
  const [whole, setWhole] = useState(false);
  return (
    <>
      <Sheet caption="检查点" columns={columns(to)} rows={whole ? all : all.slice(0, firstShown)} rowKey={(one) => String(one.number)} />
      {!whole && all.length > firstShown && <p className="more"><Button onClick={() => { setWhole(true); }}>其余 {all.length - firstShown} 个</Button></p>}
    </>
  );
}

const reasons: Record<string, string> = { daily: '每日', statement: '出具报告', asked: '导出证据包' };

const columns = (to: ReturnType<typeof useContractPath>): Column<Checkpoint>[] => [
  { key: 'number', title: '检查点', head: true, tight: true, render: (one) => `第 ${one.number} 个` },
  { key: 'at', title: '签署', tight: true, render: (one) => <InstantText at={one.signedAt} /> },
  { key: 'reason', title: '缘由', render: (one) => <span>{reasons[one.reason] ?? one.reason}{one.about && one.reason === 'statement' && <> <Link to={to(`statements/${one.about}`)}>{one.about}</Link></>}</span> },
  { key: 'seq', title: '事实', align: 'right', tight: true, render: (one) => `至第 ${one.seq} 件` },
  { key: 'hash', title: '链首散列值', render: (one) => <Hash text={one.hash} length={16} /> },
  { key: 'claims', title: '主张', align: 'right', tight: true, render: (one) => `至第 ${one.claimsSeq} 步` },
  { key: 'signature', title: '签名', render: (one) => <span><small>{one.algorithm}</small> <Hash text={one.signature} length={12} /></span> },
];

const parts: Record<string, string> = { facts: '事实链', claims: '主张链', checkpoints: '检查点', evidence: '证据文件' };

function Verify({ count }: { count: number }) {
  const contract = useContract();
  const to = useContractPath();
  const run = useSending<void, Answer>(() => ask<Answer>(of(contract, '/verification'), { method: 'POST' }), { quiet: true });
  const answer = run.data;
  return (
    <Panel title="核验">
      <div className="form">
        <p>重算全部事实与主张的散列值，对照历次检查点的签名，逐个校验证据文件。</p>
        <div className="form-foot">
          <Button type="primary" onClick={() => { run.mutate(); }} loading={run.isPending}>{answer ? '再核验一次' : '开始核验'}</Button>
          {run.isPending && <Running count={count} />}
        </div>
        {run.error && <Refusal error={run.error} again={() => { run.mutate(); }} busy={run.isPending} />}
        {answer && !run.isPending && (
          <div role="status" className="form">
            {answer.whole
              ? <p className="notice good"><strong>完整：一切如记录时</strong><InstantText at={answer.at} seconds /> 核验。</p>
              : <div className="refusal"><div><strong>不完整：发现 {answer.differences.length} 处不符</strong><ul>{answer.differences.map((one, i) => <li key={i}>{parts[one.part] ?? one.part}{one.seq != null && <>第 {one.seq} 件</>}：{one.message}{one.part === 'facts' && one.id && <> <Link to={to('facts', { fact: one.id })}>查看</Link></>}</li>)}</ul></div></div>}
            <ul className="lines checks">
              <li><Check whole={!answer.differences.some((one) => one.part === 'facts')} />事实链 <span>{answer.count} 件，链首 <Hash text={answer.head} length={16} /></span></li>
              <li><Check whole={answer.claims.whole} />主张链 <span>{answer.claims.count} 步{answer.claims.count > 0 && <>，链首 <Hash text={answer.claims.head} length={16} /></>}</span></li>
              <li><Check whole={answer.checkpoints.whole} />检查点签名 <span>{answer.checkpoints.count} 个</span></li>
              <li><Check whole={answer.evidence.whole} />证据文件 <span>{answer.evidence.count} 个{answer.evidence.withdrawn > 0 && `，其中 ${answer.evidence.withdrawn} 个已撤回销毁`}</span></li>
            </ul>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Check({ whole }: { whole: boolean }) {
  return whole ? <Tag tone="good">相符</Tag> : <Tag tone="bad">不符</Tag>;
}

/** The server answers once, at the end: until then, how long it has been at work. */
function Running({ count }: { count: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => { setSeconds((now) => now + 1); }, 1000);
    return () => { clearInterval(timer); };
  }, []);
  return <span className="running" role="status"><progress aria-label="正在核验" /><small>正在重算 {count} 件事实……已用 {seconds} 秒</small></span>;
}

function Export() {
  const contract = useContract();
  const [files, setFiles] = useState(false);
  return (
    <Panel title="导出证据包">
      <div className="form">
        <p>合同文本、工作日历、事实、主张、检查点与证据目录，装成一个 zip；不联网即可核验并重算全部数值。导出记入审计日志。</p>
        <Checkbox checked={files} onChange={(event) => { setFiles(event.target.checked); }}>包含证据文件本身</Checkbox>
        <div className="form-foot"><Button href={of(contract, '/export', { files: files || null })} download>导出</Button></div>
        <p className="none">离线核验：<code>yueheng verify 证据包.zip</code></p>
      </div>
    </Panel>
  );
}
