import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { Problem, problemOf } from '../api/problem';
import type { Trace } from '../api/types';
import { Awaiting, Nothing } from './Awaiting';
import { Amount, FigureLink } from './FigureLink';
import { Sheet } from './Sheet';
import { condense, gather } from './Trace';

function show(node: ReactNode, at = '/c/a/settlement?asOf=x') {
  const router = createMemoryRouter([{ path: '/c/:contract/:page', element: node }, { path: '/leader', element: node }], { initialEntries: [at] });
  render(<RouterProvider router={router} />);
  return router;
}

describe('a figure', () => {
  it('is a link that opens its trace on the same page at the same moment', async () => {
    const router = show(<FigureLink address="damages/D-1">x</FigureLink>);
    const link = screen.getByRole('link');
    expect(link).toHaveAttribute('href', '/c/a/settlement?asOf=x&trace=damages%2FD-1');
    await userEvent.click(link);
    expect(router.state.location.search).toBe('?asOf=x&trace=damages%2FD-1');
  });
  it('says which contract it is of where the page spans contracts', () => {
    show(<FigureLink address="net" contract="b">x</FigureLink>, '/leader');
    expect(screen.getByRole('link')).toHaveAttribute('href', '/leader?trace=net&of=b');
  });
  it('without an address is plain text', () => {
    show(<Amount text="1000" address={null} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText('1,000.00')).toBeVisible();
  });
});

describe('a table', () => {
  const rows = [{ id: 'b', points: 10 }, { id: 'a', points: 9 }];
  const columns = [{ key: 'id', title: '名称', render: (row: (typeof rows)[0]) => row.id, sort: (row: (typeof rows)[0]) => row.id }, { key: 'n', title: '分', render: (row: (typeof rows)[0]) => row.points, sort: (row: (typeof rows)[0]) => row.points }];
  const names = () => screen.getAllByRole('row').slice(1).map((row) => row.firstChild?.textContent);

  it('opens a row by Enter and by click', async () => {
    const opened: string[] = [];
    render(<Sheet caption="表" columns={columns} rows={rows} rowKey={(row) => row.id} onOpen={(row) => { opened.push(row.id); }} />);
    const [, first, second] = screen.getAllByRole('row');
    first?.focus();
    await userEvent.keyboard('{Enter}');
    if (second) await userEvent.click(second);
    expect(opened).toEqual(['b', 'a']);
  });
  it('sorts by a heading: up, down, as it came', async () => {
    render(<Sheet caption="表" columns={columns} rows={rows} rowKey={(row) => row.id} />);
    const heading = screen.getByRole('button', { name: /分/ });
    await userEvent.click(heading);
    expect(names()).toEqual(['a', 'b']);
    await userEvent.click(heading);
    expect(names()).toEqual(['b', 'a']);
    await userEvent.click(heading);
    expect(names()).toEqual(['b', 'a']);
  });
});

describe('whatever is read', () => {
  function Reading({ read }: { read: () => Promise<string[]> }) {
    const query = useQuery({ queryKey: ['x'], queryFn: read });
    return <Awaiting query={query} isEmpty={(list) => list.length === 0} empty={<Nothing title="没有" />}>{(list) => <p>{list.join()}</p>}</Awaiting>;
  }
  const showReading = (read: () => Promise<string[]>) => { render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><Reading read={read} /></QueryClientProvider>); };

  it('is awaited, then shown', async () => {
    showReading(() => Promise.resolve(['甲']));
    expect(screen.getByRole('status')).toBeInTheDocument();
    expect(await screen.findByText('甲')).toBeVisible();
  });
  it('says so when there is nothing', async () => {
    showReading(() => Promise.resolve([]));
    expect(await screen.findByText('没有')).toBeVisible();
  });
  it('says why it was refused, and is asked again on demand', async () => {
    let times = 0;
    showReading(() => (++times === 1 ? Promise.reject(new Problem(503, '', '服务暂不可用', '数据库正在重启。')) : Promise.resolve(['乙'])));
    expect(await screen.findByText('数据库正在重启。')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /重\s?试/ }));
    expect(await screen.findByText('乙')).toBeVisible();
  });
});

describe('a refusal of the server', () => {
  it('keeps the word of its type, its detail and what is wrong with which field', async () => {
    const problem = await problemOf(new Response(JSON.stringify({ type: '/problems/claim-required', title: '须提出主张', detail: '免责须经对方接受。', fields: ['attributable'], errors: [{ field: 'attributable', message: '须提出主张' }] }), { status: 403 }));
    expect(problem).toMatchObject({ status: 403, word: 'claim-required', message: '免责须经对方接受。', errors: [{ field: 'attributable' }] });
    expect(problem.more['fields']).toEqual(['attributable']);
  });
  it('that is no document is still told in Chinese', async () => {
    expect((await problemOf(new Response('<html>', { status: 502 }))).message).toMatch(/服务器没有说明原因/);
  });
});

describe('a trace', () => {
  const node = (what: string, value: string, parts: Trace[] = [], clauses: string[] = [], facts: string[] = []): Trace => ({
    what, value, parts, clauses: clauses.map((id) => ({ id, text: id })), facts: facts.map((id) => ({ id, kind: 'k', at: '2025-01-01T00:00:00+08:00', subject: 's' })),
  });
  it('leaves out steps that only repeat, and none of their clauses and facts', () => {
    const condensed = condense(node('净额', '5', [node('净额', '5', [node('相加', '5', [], [], ['f1'])], ['c1']), node('书写为', '5.00')], ['c2']));
    expect(condensed.parts.map((part) => part.what)).toEqual(['相加', '书写为']);
    expect(condensed.clauses.map((clause) => clause.id)).toEqual(['c2', 'c1']);
  });
  it('lists every clause and fact once', () => {
    const { clauses, facts } = gather(node('a', '1', [node('b', '1', [], ['c1'], ['f1', 'f2']), node('c', '1', [], ['c1', 'c2'], ['f2'])]));
    expect(clauses.map((clause) => clause.id)).toEqual(['c1', 'c2']);
    expect(facts.map((fact) => fact.id)).toEqual(['f1', 'f2']);
  });
});
