import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { createMemoryRouter, RouterProvider } from 'react-router';
import type { VocabularyKind } from '../../api/types';
import { SessionProvider, type Read } from '../../app/session';
import Record from './Record';

const vocabulary: VocabularyKind[] = [
  { kind: 'incident.reported', label: '事件报告', group: '事件', read: true, may: 'record', fields: [{ name: 'severity', label: '严重程度', type: 'text', required: false, excuse: '低于已记录的严重程度，须由对方认可' }] },
];
const session: Read = {
  user: { id: 'u-engineer', name: '工程师', title: '', side: 'provider' }, admins: [], csrf: 'x', clock: '2025-12-08T08:30:00+08:00', clockRuns: false, demo: false, totp: 'off', password: 'fine', expiresAt: '', readAt: 0,
  contracts: [{ id: 'c', name: '合同', roles: ['engineer'], side: 'provider', seesMoney: false, permissions: ['append', 'propose-claim', 'upload-evidence'] }],
};

/** What a request is answered with, by its path below the contract. */
type Answers = { [call: string]: (body: unknown) => [number, unknown] };

function open(answers: Answers): { sent: { call: string; body: unknown }[] } {
  const sent: { call: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const call = `${init.method ?? 'GET'} ${url.replace('/api/contracts/c', '').replace(/\?.*/, '')}`;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    if (init.method === 'POST') sent.push({ call, body });
    const [status, answer] = answers[call]?.(body) ?? [404, {}];
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
  const router = createMemoryRouter([{ path: '/c/:contract/record', element: <Record /> }], { initialEntries: ['/c/c/record?kind=incident.reported&subject=INC-1'] });
  render(
    <App><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><SessionProvider session={session}><RouterProvider router={router} /></SessionProvider></QueryClientProvider></App>);
  return { sent };
}

const read: Answers = {
  'GET /vocabulary': () => [200, vocabulary],
  'GET /claims/settings': () => [200, { lateHours: 24, answerHours: 168 }],
  'GET /facts': () => [200, { facts: [] }],
};

afterEach(() => { vi.unstubAllGlobals(); });

// The component library is slow where nothing is drawn.
describe('recording a fact', { timeout: 60_000 }, () => {
  it('says where it stands in the chain', async () => {
    const { sent } = open({ ...read, 'POST /facts': () => [201, { id: 'f1', seq: 7, hash: 'ab', recordedAt: session.clock }] });
    await userEvent.click(await screen.findByRole('button', { name: /记\s?录$/ }));
    expect(await screen.findByText('已记录，是事实链上的第 7 件')).toBeVisible();
    expect(sent[0]?.body).toMatchObject({ contract: 'c', kind: 'incident.reported', subject: 'INC-1', at: '2025-12-08T08:30:00+08:00', data: {}, evidence: [] });
  });

  it('keeps its id when tried again after a lost answer', async () => {
    let times = 0;
    const { sent } = open({ ...read, 'POST /facts': () => (++times === 1 ? [503, { detail: '数据库正在重启。' }] : [201, { id: 'f1', seq: 7, hash: 'ab', recordedAt: session.clock }]) });
    await userEvent.click(await screen.findByRole('button', { name: /记\s?录$/ }));
    expect(await screen.findByText('数据库正在重启。')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /记\s?录$/ }));
    await screen.findByText(/第 7 件/);
    expect(sent.map((one) => (one.body as { id: string }).id)).toEqual([expect.stringMatching(/^f-20251208-/), (sent[0]?.body as { id: string }).id]);
  });

  it('that the ledger takes for an excuse becomes a claim with a reason', async () => {
    const { sent } = open({
      ...read,
      'POST /facts': () => [403, { type: '/problems/claim-required', detail: '须由对方认可。', fields: ['severity'] }],
      'POST /claims': () => [201, { number: 3, title: '免责申请', facts: [], history: [], evidence: [] }],
    });
    await userEvent.click(await screen.findByRole('button', { name: /记\s?录$/ }));
    expect(await screen.findByText(/“严重程度”这样填写对己方有利/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /提出主张/ }));
    expect(screen.getByText('请写明理由')).toBeVisible();
    await userEvent.type(screen.getByLabelText(/^理由/), '影响面小于初报');
    await userEvent.click(screen.getByRole('button', { name: /提出主张/ }));
    expect(await screen.findByText('已提出：第 3 号免责申请')).toBeVisible();
    expect(sent[1]).toMatchObject({ call: 'POST /claims', body: { type: 'excuse', reason: '影响面小于初报', fact: { subject: 'INC-1' } } });
  });

  it('of long ago is a late entry that wants evidence', async () => {
    open({ ...read });
    const at = await screen.findByLabelText(/^发生时刻/);
    fireEvent.change(at, { target: { value: '2025-12-01T08:30' } });
    await userEvent.click(await screen.findByRole('button', { name: '提出补录' }));
    await waitFor(() => { expect(screen.getByText('补录须附证据')).toBeVisible(); });
  });
});
