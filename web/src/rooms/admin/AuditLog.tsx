import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { address, ask } from '../../api/client';
import type { AuditLine, AuditPage, AuditVerification } from '../../api/types';
import { usePart } from '../../app/place';
import { useSending } from '../../app/sending';
import { PageSkeleton } from '../../app/PageSkeleton';
import { Nothing, Refusal } from '../../parts/Awaiting';
import { Hash, InstantText } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { actionGroups, actionWord, detailParts } from './actions';
import './admin.css';

/** Who signed in, read an export, changed a right, confirmed what; chained, so that nothing is taken out unnoticed. */
export default function AuditLog() {
  const [action, setAction] = usePart('action');
  const [contract, setContract] = usePart('contract');
  const [actor, setActor] = usePart('actor');
  const filters = { action, contract, actor };
  const query = useInfiniteQuery({
    queryKey: ['overall', '/audit', filters],
    queryFn: ({ pageParam, signal }) => ask<AuditPage>(address('/audit', { ...filters, before: pageParam, limit: 100 }), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.next === undefined || last.next === null ? undefined : String(last.next)),
  });
  const verify = useSending(() => ask<AuditVerification>(address('/audit/verification'), { method: 'POST', json: {} }));
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Page title="审计日志" lead="登录、导出、权限变更与确认都在这里；逐条相链，删改会被发现。" actions={<Button type="primary" onClick={() => { verify.mutate(undefined); }} loading={verify.isPending}>核验日志</Button>}>
      {verify.data && (
        <p className={verify.data.whole ? 'verdict good' : 'verdict bad'} role="status">
          {verify.data.whole ? `日志完整：共 ${verify.data.count} 条，逐条相符。` : `日志有出入：${verify.data.first ?? '未说明'}`}　<Hash text={verify.data.head} length={20} />
        </p>
      )}
      <div className="filters">
        <Select aria-label="操作" allowClear className="wide-input" placeholder="全部操作" value={action || null} onChange={(value: string | undefined) => { setAction(value ?? null); }} options={actionGroups} />
        <Input key={`c${contract}`} aria-label="合同编号" allowClear placeholder="合同编号" defaultValue={contract} onBlur={(event) => { setContract(event.target.value.trim() || null); }} onPressEnter={(event) => { setContract(event.currentTarget.value.trim() || null); }} onClear={() => { setContract(null); }} />
        <Input key={`a${actor}`} aria-label="操作人编号" allowClear placeholder="操作人编号" defaultValue={actor} onBlur={(event) => { setActor(event.target.value.trim() || null); }} onPressEnter={(event) => { setActor(event.currentTarget.value.trim() || null); }} onClear={() => { setActor(null); }} />
      </div>
      {query.error && lines.length === 0 ? <Refusal error={query.error} again={() => void query.refetch()} busy={query.isFetching} /> : query.isPending ? <PageSkeleton /> : (
        <Panel flush>
          {lines.length === 0 ? <Nothing title="没有符合的记录">换一个操作，或清空条件。</Nothing> : <Sheet caption="审计日志" columns={columns} rows={lines} rowKey={(line) => String(line.seq)} />}
          {query.hasNextPage && <p className="more"><Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>更早的记录</Button></p>}
        </Panel>
      )}
    </Page>
  );
}

const columns: Column<AuditLine>[] = [
  { key: 'action', title: '操作', head: true, width: 8, render: (line) => actionWord(line.action) },
  { key: 'at', title: '时间', tight: true, render: (line) => <InstantText at={line.at} seconds /> },
  { key: 'actor', title: '操作人', render: (line) => line.actor || <span className="none">未知</span> },
  { key: 'contract', title: '合同', render: (line) => line.contract ?? <span className="none">—</span> },
  { key: 'about', title: '对象', width: 8, render: (line) => line.about ? (line.about.length > 40 ? <Hash text={line.about} length={24} /> : line.about) : <span className="none">—</span> },
  { key: 'detail', title: '详情', width: 10, render: (line) => line.detail === undefined || line.detail === null ? <span className="none">—</span> : <span className="audit-detail">{detailParts(line.detail).map(([name, value]) => <span key={name}><small>{name}</small> {value}</span>)}</span> },
  { key: 'address', title: '来源地址', tight: true, render: (line) => line.address || <span className="none">—</span> },
  { key: 'seq', title: '序号', align: 'right', tight: true, render: (line) => <span title={line.hash}>{line.seq}</span> },
];
