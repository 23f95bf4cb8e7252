import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { Link } from 'react-router';
import { ask, of } from '../../api/client';
import type { Fact, FactPage, VocabularyKind } from '../../api/types';
import { contractKey, contractQuery } from '../../app/queries';
import { useContract, useContractPath, useMoment, usePart } from '../../app/place';
import { useContractOfSession, useMay } from '../../app/session';
import { Nothing, Refusal } from '../../parts/Awaiting';
import { InstantText, Tag } from '../../parts/marks';
import { Page, Panel } from '../../parts/Page';
import { PageSkeleton } from '../../app/PageSkeleton';
import { Sheet, type Column } from '../../parts/Sheet';
import { fromField, toField } from '../../parts/times';
import { fieldWord, kindWord, valueWord } from '../../parts/words';
import { FactDetail } from './FactDetail';
import './facts.css';

const pageSize = 60;

/** All facts of the contract, the latest first, with where they stand in the chain and what proves them. */
export default function Timeline() {
  const contract = useContract();
  const { recorded, asOf } = useMoment();
  const to = useContractPath();
  const may = useMay(contract);
  const [kind, setKind] = usePart('kind');
  const [subject, setSubject] = usePart('subject');
  const [text, setText] = usePart('text');
  const [from, setFrom] = usePart('from');
  const [till, setTill] = usePart('to');
  const [chosen, setChosen] = usePart('fact');
  const vocabulary = useQuery(contractQuery<VocabularyKind[]>(contract, '/vocabulary'));
  const filters = { kind, subject, text, from, to: till, recorded, ...(till ? {} : { to: asOf }) };
  const query = useInfiniteQuery({
    queryKey: [...contractKey(contract), '/facts', filters],
    queryFn: ({ pageParam, signal }) => ask<FactPage>(of(contract, '/facts', { limit: pageSize, before: pageParam, ...filters }), { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.next === null || last.next === undefined ? undefined : String(last.next)),
  });
  const facts = query.data?.pages.flatMap((page) => page.facts) ?? [];
  const name = new Map((vocabulary.data ?? []).map((one) => [one.kind, one.label]));
  const label = (word: string) => name.get(word) ?? kindWord(word);
  const filtered = Boolean(kind || subject || text || from || till);
  const clear = () => { for (const set of [setKind, setSubject, setText, setFrom, setTill]) set(null); };
  return (
    <Page
      title="事实" of={useContractOfSession(contract)?.name} lead="只增不改；更正是撤回加新的一件，两者都在。"
      actions={<>{may('append') && <Link to={to('record')}><Button type="primary">记录事实</Button></Link>}<Link to={to('verification')}><Button>核验事实链</Button></Link></>}
    >
      <div className="filters">
        <Select aria-label="种类" className="wide-input" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="全部种类" value={kind || null} onChange={(value: string | undefined) => { setKind(value ?? null); }} options={(vocabulary.data ?? []).map((one) => ({ value: one.kind, label: `${one.label}（${one.kind}）` }))} popupMatchSelectWidth={false} loading={vocabulary.isPending} />
        <Input key={`s${subject}`} aria-label="主体" allowClear placeholder="主体" defaultValue={subject} onBlur={(event) => { setSubject(event.target.value.trim() || null); }} onPressEnter={(event) => { setSubject(event.currentTarget.value.trim() || null); }} onClear={() => { setSubject(null); }} />
        <Input key={`t${text}`} aria-label="内容" allowClear placeholder="内容中的文字" defaultValue={text} onBlur={(event) => { setText(event.target.value.trim() || null); }} onPressEnter={(event) => { setText(event.currentTarget.value.trim() || null); }} onClear={() => { setText(null); }} />
        <label>起<input type="datetime-local" value={from ? toField(from) : ''} onChange={(event) => { setFrom(fromField(event.target.value) || null); }} /></label>
        <label>止<input type="datetime-local" value={till ? toField(till) : ''} onChange={(event) => { setTill(fromField(event.target.value) || null); }} /></label>
        {filtered && <Button type="link" onClick={clear}>清除条件</Button>}
      </div>
      {query.error && facts.length === 0 ? <Refusal error={query.error} again={() => void query.refetch()} busy={query.isFetching} />
        : query.isPending ? <PageSkeleton />
        : (
          <Panel flush>
            {facts.length === 0
              ? <Nothing title={filtered ? '没有符合条件的事实' : '还没有事实'}>{filtered ? <Button onClick={clear}>清除条件</Button> : may('append') ? <Link to={to('record')}>记录第一件事实</Link> : '参与人记录后会出现在这里。'}</Nothing>
              : <Sheet caption="事实" columns={columns(label)} rows={facts} rowKey={(fact) => fact.id} onOpen={(fact) => { setChosen(fact.id); }} isCurrent={(fact) => fact.id === chosen} rowClass={(fact) => (fact.retractedBy ? 'retracted' : undefined)} />}
            {query.error && <Refusal error={query.error} again={() => void query.fetchNextPage()} />}
            {query.hasNextPage && <p className="more"><Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>更早的事实</Button></p>}
          </Panel>
        )}
      <Drawer open={Boolean(chosen)} onClose={() => { setChosen(null); }} size={520} title={`事实 ${chosen}`} destroyOnHidden>
        {chosen && <FactDetail id={chosen} known={facts.find((fact) => fact.id === chosen)} vocabulary={vocabulary.data ?? []} />}
      </Drawer>
    </Page>
  );
}

function columns(label: (kind: string) => string): Column<Fact>[] {
  return [
    { key: 'kind', title: '事实', head: true, render: (fact) => <>{label(fact.kind)} {fact.retractedBy && <Tag tone="bad">已撤回</Tag>} {fact.late && <Tag tone="warn">补录</Tag>} {fact.claim && <Tag tone="info">主张 {fact.claim}</Tag>}</> },
    { key: 'subject', title: '主体', render: (fact) => fact.subject },
    { key: 'at', title: '发生', tight: true, render: (fact) => <InstantText at={fact.at} /> },
    { key: 'data', title: '内容', width: 16, render: (fact) => <Content fact={fact} /> },
    { key: 'evidence', title: '证据', align: 'right', render: (fact) => fact.evidence.length === 0 ? <span className="none">—</span> : `${fact.evidence.length} 件` },
    { key: 'by', title: '记录人', render: (fact) => <span className="by">{fact.by}</span> },
    { key: 'seq', title: '链上位置', align: 'right', tight: true, render: (fact) => <span title={fact.hash}>第 {fact.seq} 件</span> },
  ];
}

function Content({ fact }: { fact: Fact }) {
  const entries = Object.entries(fact.data);
  if (entries.length === 0) return <span className="none">—</span>;
  return <span className="fact-data">{entries.map(([field, value]) => <span key={field}><small>{fieldWord(field)}</small> {valueWord(value)}</span>)}</span>;
}
