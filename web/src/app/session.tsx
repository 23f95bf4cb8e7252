import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import { address, ask, onSignedOut, rememberToken } from '../api/client';
import { Problem } from '../api/problem';
import type { Session, SessionContract } from '../api/types';

const key = ['session'] as const;

/** The session in force, null when nobody is signed in. */
export function useSessionQuery() {
  const client = useQueryClient();
  useEffect(() => { onSignedOut(() => { client.setQueryData(key, null); }); }, [client]);
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      try {
        const session = await ask<Session>(address('/session'), { signal });
        rememberToken(session.csrf);
        return { ...session, readAt: Date.now() } as Read;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
}

/** A session and when this browser read it, by which the business clock goes on. */
export type Read = Session & { readAt: number };

/** Before a new password is set, or an administrator's second factor, the server answers nothing else. */
export function isRestricted(session: Session): boolean {
  return session.totp === 'must-enrol' || session.password === 'must-change';
}

export function useSignedIn() {
  const client = useQueryClient();
  return (session: Session | null) => {
    if (session) rememberToken(session.csrf);
    // What the last user saw must not stay in memory for the next one.
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    client.setQueryData(key, session && { ...session, readAt: Date.now() });
  };
}

const SessionContext = createContext<Read | null>(null);

export function SessionProvider({ session, children }: { session: Read; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Read {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession outside of a session');
  return session;
}

/** What the user is in one contract; null where the contract is not theirs. */
export function useContractOfSession(contract: string): SessionContract | null {
  const session = useSession();
  return useMemo(() => session.contracts.find((one) => one.id === contract) ?? null, [session, contract]);
}

export function useMay(contract: string): (permission: string) => boolean {
  const found = useContractOfSession(contract);
  return (permission) => found?.permissions.includes(permission) ?? false;
}
