import type { Session, SessionContract } from '../api/types';

export interface Entry {
  key: string;
  label: string;
  to: string;
}

export interface Group {
  label: string;
  entries: Entry[];
}

interface ContractPage {
  page: string;
  label: string;
  /** Any of these lets one in; none listed: whoever sees the contract. */
  permissions?: string[];
  money?: boolean;
}

const look: ContractPage[] = [
  { page: '', label: '合同概览' },
  { page: 'scorecard', label: '评分' },
  { page: 'settlement', label: '结算', money: true },
  { page: 'duties', label: '义务' },
  { page: 'clocks', label: '时限' },
  { page: 'clauses', label: '条款' },
  { page: 'readings', label: '读法' },
  { page: 'facts', label: '事实' },
];

const act: ContractPage[] = [
  { page: 'record', label: '记录事实', permissions: ['append', 'propose-claim'] },
  { page: 'late', label: '补录', permissions: ['append', 'propose-claim'] },
  { page: 'claims', label: '主张与认定' },
  { page: 'what-if', label: '试算', permissions: ['what-if'] },
  { page: 'statements', label: '评估报告' },
  { page: 'verification', label: '核验与导出', permissions: ['verify', 'export'] },
  { page: 'packs', label: '合同文本包' },
  { page: 'notes', label: '内部备注', permissions: ['read-notes', 'write-notes'] },
];

/** What somebody may go to. The server refuses the rest in any case; this only keeps closed doors out of sight. */
export function navigation(session: Session, contract: SessionContract | null): Group[] {
  const groups: Group[] = [];
  if (session.contracts.length > 0) {
    groups.push({ label: '总览', entries: [
      { key: '/', label: '我的待办', to: '/' },
      { key: '/leader', label: '领导一页', to: '/leader' },
      { key: '/contracts', label: '合同', to: '/contracts' },
    ] });
  }
  if (contract) {
    const pages = (list: ContractPage[]) => list
      .filter((one) => (!one.money || contract.seesMoney) && (!one.permissions || one.permissions.some((word) => contract.permissions.includes(word))))
      .map((one) => { const to = `/c/${encodeURIComponent(contract.id)}${one.page ? `/${one.page}` : ''}`; return { key: to, label: one.label, to }; });
    groups.push({ label: '查看', entries: pages(look) }, { label: '办理', entries: pages(act) });
  }
  const admin: Entry[] = [];
  const has = (word: Session['admins'][number]) => session.admins.includes(word);
  if (has('system-admin') || has('security-admin')) admin.push({ key: '/admin/users', label: '用户与角色', to: '/admin/users' });
  if (has('system-admin') || has('security-admin')) admin.push({ key: '/admin/keys', label: '接口密钥', to: '/admin/keys' });
  if (has('audit-admin')) admin.push({ key: '/admin/audit', label: '审计日志', to: '/admin/audit' });
  if (admin.length > 0) groups.push({ label: '管理', entries: admin });
  return groups.filter((group) => group.entries.length > 0);
}
