import { roleWord } from '../../parts/words';

const words: Record<string, string> = {
  'session.started': '登录', 'session.refused': '登录被拒', 'session.locked': '账号锁定', 'session.ended': '退出登录', 'password.changed': '修改口令', 'password.reset': '重置口令',
  'totp.enrolled': '启用动态口令', 'user.added': '建立用户', 'user.changed': '修改用户', 'user.disabled': '停用用户', 'user.enabled': '恢复用户', 'roles.changed': '更改角色',
  'key.made': '建立密钥', 'key.approved': '批准密钥', 'key.revoked': '吊销密钥', 'claim.proposed': '提出主张', 'claim.accepted': '接受主张', 'claim.contested': '申辩', 'claim.decided': '核定',
  'claim.withdrawn': '撤回主张', 'evidence.stored': '上传证据', 'evidence.read': '读取证据', 'evidence.withdrawn': '撤回证据', 'export.read': '导出', 'chain.verified': '核验事实链',
  'checkpoints.read': '下载检查点', 'statement.issued': '出具评估报告', 'statement.printed': '打印评估报告', 'statement.confirmed': '确认评估报告', 'statement.disputed': '对评估报告提异议',
  'statement.sealed': '登记盖章件', 'pack.proposed': '提交合同文本', 'pack.agreed': '同意合同文本', 'audit.verified': '核验审计日志',
};

export const actionWord = (action: string): string => words[action] ?? action;

const groups: [string, string][] = [['session', '登录与退出'], ['password', '口令'], ['user', '用户'], ['roles', '角色'], ['key', '密钥'], ['claim', '主张'], ['evidence', '证据'], ['export', '导出'], ['statement', '评估报告'], ['pack', '合同文本'], ['chain', '核验']];

/** What the log can be narrowed to: all actions that begin alike. */
export const actionGroups = groups.map(([value, label]) => ({ value, label }));

const details: Record<string, string> = {
  way: '方式', source: '登录方式', granted: '授予', revoked: '收回', contracts: '合同', permissions: '权限', kinds: '种类', count: '条数', Count: '条数', whole: '完整', Whole: '完整', differences: '出入',
  size: '字节', Size: '字节', bytes: '字节', isNew: '新文件', IsNew: '新文件', reason: '理由', address: '数值', ledgerSeq: '链上位置', LedgerSeq: '链上位置', printSha256: '打印件散列', PrintSha256: '打印件散列',
  sha256: '文件散列', Sha256: '文件散列', paperDate: '纸面日期', PaperDate: '纸面日期', login: '用户名',
};
const values: Record<string, string> = { password: '口令', ldap: '统一目录', oauth2: '统一认证', true: '是', false: '否' };

/** What an entry says besides, by name; what is no object is said as it is. */
export function detailParts(detail: unknown): [string, string][] {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return [['', said(detail)]];
  return Object.entries(detail).filter(([, value]) => value !== null).map(([name, value]) => [details[name] ?? name, said(value)]);
}

function said(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '无' : value.map(said).join('、');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return values[text] ?? roleWord(text);
}
