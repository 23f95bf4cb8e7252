import { Navigate, useLocation } from 'react-router';
import { Refusal } from '../parts/Awaiting';
import { PageSkeleton } from './PageSkeleton';
import { isRestricted, SessionProvider, useSessionQuery } from './session';
import { Shell } from './Shell';

/** Lets in who is signed in; an administrator without a second factor gets no further than setting it up. */
export function Gate() {
  const query = useSessionQuery();
  const location = useLocation();
  if (query.data === undefined) {
    if (query.error) return <div className="alone"><Refusal error={query.error} again={() => void query.refetch()} busy={query.isFetching} /></div>;
    return <div className="alone"><PageSkeleton /></div>;
  }
  if (query.data === null) return <Navigate to={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  if (isRestricted(query.data) && location.pathname !== '/profile') return <Navigate to="/profile" replace />;
  if (location.pathname === '/' && query.data.contracts.length === 0 && query.data.admins.length > 0) return <Navigate to={query.data.admins.includes('audit-admin') ? '/admin/audit' : '/admin/users'} replace />;
  return <SessionProvider session={query.data}><Shell /></SessionProvider>;
}
