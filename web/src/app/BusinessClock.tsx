import { useEffect, useState } from 'react';
import { toMinute } from '../parts/times';
import { useSession } from './session';

/** The contract's time now: that of the server, going on by this machine's ticks and not by its date. */
export function useNow(): number {
  const session = useSession();
  const [, tick] = useState(0);
  useEffect(() => {
    if (!session.clockRuns) return;
    const timer = setInterval(() => { tick((n) => n + 1); }, 15_000);
    return () => { clearInterval(timer); };
  }, [session.clockRuns]);
  const start = new Date(session.clock).getTime();
  return session.clockRuns ? start + Math.max(0, Date.now() - session.readAt) : start;
}

export function BusinessClock() {
  const now = useNow();
  return <time className="clock number" dateTime={new Date(now).toISOString()} title="合同时间（北京时间），期限与判定以此为准">{toMinute(now)}</time>;
}
