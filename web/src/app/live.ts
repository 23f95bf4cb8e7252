import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { contractKey } from './queries';

export type Liveness = 'connecting' | 'live' | 'lost';

const kinds = ['fact', 'claim', 'statement', 'pack'] as const;
/** Facts often come in bursts; what arrives within this time is refreshed once. */
const gatherMilliseconds = 250;
const retryMilliseconds = 4000;

/**
 * Refetches what is on screen when the server says that a contract has changed. A page that nobody looks at lets the stream go: browsers
 * hold only a few connections to one server, and somebody with many tabs would wait for ever in the last.
 */
export function useLive(enabled: boolean): Liveness {
  const client = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  useEffect(() => {
    if (!enabled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const changed = new Set<string>();
    const refresh = () => {
      timer = undefined;
      for (const contract of changed) void client.invalidateQueries({ queryKey: contractKey(contract) });
      changed.clear();
      void client.invalidateQueries({ queryKey: ['overall'] });
    };
    const note = (event: MessageEvent<string>) => {
      const contract = contractOf(event.data);
      if (contract !== null) changed.add(contract);
      timer ??= setTimeout(refresh, gatherMilliseconds);
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | null = null;
    const connect = () => {
      source = new EventSource('/api/events');
      const stream = source;
      stream.onopen = () => {
        setLiveness('live');
        // Whatever happened while the stream was down was not heard.
        if (lost) { void client.invalidateQueries({ queryKey: ['contract'] }); void client.invalidateQueries({ queryKey: ['overall'] }); }
        lost = false;
      };
      stream.onerror = () => {
        lost = true;
        // The browser tries again by itself where the stream ended, but not where the server answered with an error: it is restarting.
        const ended = stream.readyState === EventSource.CLOSED;
        setLiveness(ended ? 'lost' : 'connecting');
        if (ended) again = setTimeout(() => { source = null; look(); }, retryMilliseconds);
      };
      for (const kind of kinds) stream.addEventListener(kind, note as EventListener);
    };
    const look = () => {
      if (document.visibilityState === 'visible') { if (!source) connect(); }
      else if (source) { source.close(); source = null; lost = true; }
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => { document.removeEventListener('visibilitychange', look); source?.close(); clearTimeout(timer); clearTimeout(again); };
  }, [client, enabled]);
  return liveness;
}

export function contractOf(data: string): string | null {
  try {
    const contract = (JSON.parse(data) as { contract?: unknown }).contract;
    return typeof contract === 'string' ? contract : null;
  } catch {
    return null;
  }
}
