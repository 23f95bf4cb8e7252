import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { address, ask, of, type Query } from '../api/client';
import { Problem } from '../api/problem';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        // A refusal stays a refusal; only a lost connection or a server in trouble is worth asking again.
        retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502),
        retryDelay: (count) => 400 * 2 ** count,
      },
    },
  });
}

/** Everything about one contract lies under this key, so that one event refreshes it. */
export const contractKey = (contract: string) => ['contract', contract] as const;

/** GET under a contract; kept on screen while another moment is read. */
export function contractQuery<T>(contract: string, path: string, query: Query = {}) {
  return queryOptions({
    queryKey: [...contractKey(contract), path, query],
    queryFn: ({ signal }) => ask<T>(of(contract, path, query), { signal }),
    placeholderData: keepPreviousData,
  });
}

/** GET of something that spans contracts: refreshed by every event. */
export function overallQuery<T>(path: string, query: Query = {}) {
  return queryOptions({
    queryKey: ['overall', path, query],
    queryFn: ({ signal }) => ask<T>(address(path, query), { signal }),
  });
}
