import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem';

export interface AwaitingProps<T> {
  query: UseQueryResult<T>;
  children: (data: NonNullable<T>) => ReactNode;
  /** Whether what came is nothing to show, and what to say then. */
  isEmpty?: (data: NonNullable<T>) => boolean;
  empty?: ReactNode;
  rows?: number;
}

/** The four states of whatever is read from the server: on its way, refused, nothing there, there. */
export function Awaiting<T>({ query, children, isEmpty, empty, rows = 6 }: AwaitingProps<T>) {
  const { data, error, isPending, refetch, isFetching, isPlaceholderData } = query;
  if (data !== undefined && data !== null && !(error && isPlaceholderData)) {
    return (
      <>
        {error && <Refusal error={error} again={() => void refetch()} busy={isFetching} stale />}
        <div className={isPlaceholderData ? 'fading' : undefined} aria-busy={isPlaceholderData}>{isEmpty?.(data) ? empty : children(data)}</div>
      </>
    );
  }
  if (error) return <Refusal error={error} again={() => void refetch()} busy={isFetching} />;
  if (isPending || isFetching) return <div className="panel" role="status" aria-label="正在读取"><Skeleton active title={false} paragraph={{ rows }} /></div>;
  return empty;
}

export function Refusal({ error, again, busy = false, stale = false }: { error: unknown; again?: () => void; busy?: boolean; stale?: boolean }) {
  const problem = error instanceof Problem ? error : null;
  return (
    <div className="refusal" role="alert">
      <div>
        <strong>{stale ? '没有更新成功，以下是此前读到的内容' : (problem?.title ?? '页面出错')}</strong>
        <p>{problem?.message ?? '页面遇到了没有料到的情况，请重试；若仍如此，请把操作步骤告诉系统管理员。'}</p>
        {problem && problem.errors.length > 0 && <ul>{problem.errors.map((one, i) => <li key={i}>{one.line !== undefined && one.line !== null ? `第 ${one.line} 行：` : ''}{one.field ? `${one.field}：` : ''}{one.message}</li>)}</ul>}
      </div>
      {again && problem?.status !== 403 && <Button onClick={again} loading={busy}>重试</Button>}
    </div>
  );
}

/** Nothing there: what that means and what one can do. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <strong>{title}</strong>
      {children && <div>{children}</div>}
    </div>
  );
}
