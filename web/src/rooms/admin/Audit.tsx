import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { address, ask } from '../../api/client';
import type { AuditLine, AuditPage, AuditVerification } from '../../api/types';
import { PageSkeleton } from '../../app/PageSkeleton';
import { useChange } from '../../app/change';
import { usePart } from '../../app/place';
import { Nothing, Refusal } from '../../parts/Awaiting';
import { Hash, InstantText } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { Sheet, type Column } from '../../parts/Sheet';
import { actionChoices, actionWord } from './words';
import './admin.css';

const pageSize = 100;

/** Who signed in, read what, changed which right; itself a chain that can be verified. */
export default function Audit() {
  const [action, setAction] = usePart('action');
  const [contract, setContract] = usePart('contract');
  const [actor, setActor] = usePart('actor');
  const filters = { action, contract, actor };
  const query = useInfiniteQuery({
    queryKey: ['overall', '/audit', filters],
    queryFn: ({ pageParam, signal }) => ask<AuditPage>(address('/audit', { limit: pageSize, before: pageParam, ...filters }), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.next === null || last.next === undefined ? undefined : String(last.next)),
  });
  const verify = useChange<void, AuditVerification>(null, () => ask<AuditVerification>(address('/audit/verification'), { method: 'POST' }));
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? [];
  const filtered = Boolean(action || contract || actor);
  const clear = () => { for (const set of [setAction, setContract, setActor]) set(null); };
  return (
    <Page title="审计日志" lead="登录、导出与证据的读取、权限的变更、确认与核定；只增不改，前后相链。" actions={<Button type="primary" loading={verify.isPending} onClick={() => { verify.mutate(); }}>核验日志</Button>}>
      {verify.error && <Refusal error={verify.error} />}
      {verify.data && !verify.isPending && (verify.data.whole
        ? <p className="notice good" role="status"><strong>完整：{verify.data.count} 行都如记录时</strong>链首 <Hash text={verify.data.head} length={24} /></p>
        : <div className="refusal" role="alert"><div><strong>不完整</strong><p>{verify.data.first}</p></div></div>)}
      <div className="filters">
        <Select aria-label="行为" className="wide-input" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="全部行为" value={action || null} onChange={(value: string | undefined) => { setAction(value ?? null); }} options={actionChoices} popupMatchSelectWidth={false} />
        <Input key={`a${actor}`} aria-label="何人" allowClear placeholder="何人（编号）" defaultValue={actor} onBlur={(event) => { setActor(event.target.value.trim() || null); }} onPressEnter={(event) => { setActor(event.currentTarget.value.trim() || null); }} onClear={() => { setActor(null); }} />
        <Input key={`c${contract}`} aria-label="合同" allowClear placeholder="合同编号" defaultValue={contract} onBlur={(event) => { setContract(event.target.value.trim() || null); }} onPressEnter={(event) => { setContract(event.currentTarget.value.trim() || null); }} onClear={() => { setContract(null); }} />
        {filtered && <Button type="link" onClick={clear}>清除条件</Button>}
      </div>
      {query.error && lines.length === 0 ? <Refusal error={query.error} again={() => void query.refetch()} busy={query.isFetching} />
        : query.isPending ? <PageSkeleton />
        : (
          <Panel flush>
            {lines.length === 0 ? <Nothing title={filtered ? '没有符合条件的记录' : '还没有记录'}>{filtered && <Button onClick={clear}>清除条件</Button>}</Nothing> : <Sheet caption="审计日志" columns={columns} rows={lines} rowKey={(line) => String(line.seq)} />}
            {query.error && <Refusal error={query.error} again={() => void query.fetchNextPage()} />}
            {query.hasNextPage && <p className="more"><Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>更早的记录</Button></p>}
          </Panel>
        )}
    </Page>
  );
}

const columns: Column<AuditLine>[] = [
  { key: 'action', title: '行为', head: true, tight: true, render: (line) => actionWord(line.action) },
  { key: 'at', title: '何时', tight: true, render: (line) => <InstantText at={line.at} seconds /> },
  { key: 'actor', title: '何人', render: (line) => line.actor || <span className="none">不明</span> },
  { key: 'contract', title: '合同', render: (line) => line.contract ?? <span className="none">—</span> },
  { key: 'about', title: '对象', width: 8, render: (line) => (/^[0-9a-f]{64}$/.test(line.about) ? <Hash text={line.about} /> : line.about || <span className="none">—</span>) },
  { key: 'detail', title: '细节', width: 12, render: (line) => <span className="detail-json">{detailText(line.detail)}</span> },
  { key: 'address', title: '来自', tight: true, render: (line) => line.address || '—' },
  { key: 'seq', title: '位置', align: 'right', tight: true, render: (line) => <span title={line.hash}>第 {line.seq} 行</span> },
];

function detailText(detail: unknown): string {
  if (detail === null || detail === undefined) return '';
  if (typeof detail !== 'object') return String(detail as string | number | boolean);
  return Object.entries(detail).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)}`).join('；');
}
