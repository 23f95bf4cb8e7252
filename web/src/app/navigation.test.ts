import type { Session, SessionContract } from '../api/types';
import { navigation } from './navigation';

const contract = (changes: Partial<SessionContract> = {}): SessionContract => ({ id: 'a', name: 'A', roles: ['engineer'], side: 'provider', seesMoney: false, permissions: ['read-facts', 'append'], ...changes });
const session = (changes: Partial<Session> = {}): Session => ({
  user: { id: 'u', name: 'U', title: '工程师', side: 'provider' }, admins: [], contracts: [contract()], csrf: 'x', clock: '2025-12-08T08:30:00+08:00', clockRuns: true, demo: false, totp: 'off', password: 'fine', expiresAt: '', ...changes,
});
const labels = (of: Session, one: SessionContract | null) => navigation(of, one).flatMap((group) => group.entries.map((entry) => entry.label));

describe('navigation', () => {
  it('shows settlement to those who see money only', () => {
    expect(labels(session(), contract())).not.toContain('结算');
    expect(labels(session(), contract({ seesMoney: true }))).toContain('结算');
  });
  it('shows what one may do only', () => {
    expect(labels(session(), contract())).toContain('记录事实');
    expect(labels(session(), contract({ permissions: ['read-facts'] }))).not.toContain('记录事实');
  });
  it('shows each administrator his own part and no contract', () => {
    expect(labels(session({ contracts: [], admins: ['audit-admin'] }), null)).toEqual(['审计日志']);
    expect(labels(session({ contracts: [], admins: ['security-admin'] }), null)).toEqual(['用户与角色', '接口密钥']);
    expect(labels(session({ contracts: [], admins: ['system-admin'] }), null)).toEqual(['用户与角色', '接口密钥']);
  });
});
