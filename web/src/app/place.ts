import { useCallback } from 'react';
import { useParams, useSearchParams } from 'react-router';

/** The contract of the page, '' on pages that span contracts. */
export function useContract(): string {
  return useParams()['contract'] ?? '';
}

/** The moment that the page is judged at, as its address says: undefined is now. */
export interface Moment {
  asOf?: string;
  recorded?: string;
}

export function useMoment(): Moment {
  const [search] = useSearchParams();
  const moment: Moment = {};
  const asOf = search.get('asOf');
  const recorded = search.get('recorded');
  if (asOf) moment.asOf = asOf;
  if (recorded) moment.recorded = recorded;
  return moment;
}

export type Changes = Record<string, string | null | undefined>;

/** The query of an address with some of its parts set or, by null, taken out. */
export function withChanges(search: URLSearchParams, changes: Changes): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text ? `?${text}` : '';
}

/** One part of the address's query as state that can be shared and gone back from. */
export function usePart(name: string, fallback = ''): [string, (value: string | null) => void] {
  const [search, setSearch] = useSearchParams();
  const set = useCallback((value: string | null) => {
    setSearch((current) => new URLSearchParams(withChanges(current, { [name]: value === fallback ? null : value })), { replace: true });
  }, [name, fallback, setSearch]);
  return [search.get(name) ?? fallback, set];
}

/** The address of a page of a contract that keeps the moment one is looking at. */
export function useContractPath(): (page: string, query?: Changes) => string {
  const contract = useContract();
  const moment = useMoment();
  return (page, query = {}) => contractPath(contract, page, { ...moment, ...query });
}

export function contractPath(contract: string, page = '', query: Changes = {}): string {
  return `/c/${encodeURIComponent(contract)}${page ? `/${page}` : ''}${withChanges(new URLSearchParams(), query)}`;
}
