const actions: Record<string, string> = {
  'session.started': '登录', 'session.ended': '退出', 'session.refused': '登录被拒', 'session.locked': '账号锁定', 'password.changed': '改密码', 'password.reset': '重置密码', 'totp.enrolled': '设置两步验证',
  'user.added': '新增用户', 'user.changed': '修改用户', 'user.disabled': '停用用户', 'user.enabled': '启用用户', 'roles.changed': '变更角色', 'key.made': '新建密钥', 'key.approved': '批准密钥', 'key.revoked': '吊销密钥',
  'audit.verified': '核验审计日志', 'chain.verified': '核验事实链', 'checkpoints.read': '下载检查点', 'evidence.stored': '上传证据', 'evidence.read': '下载证据', 'evidence.withdrawn': '撤回证据', 'export.read': '导出证据包',
  'claim.proposed': '提出主张', 'claim.accepted': '接受主张', 'claim.contested': '不接受主张', 'claim.decided': '核定拟扣', 'claim.withdrawn': '收回主张', 'pack.proposed': '上传合同文本', 'pack.agreed': '同意合同文本',
  'statement.issued': '出具报告', 'statement.printed': '打印报告', 'statement.confirmed': '确认报告', 'statement.disputed': '对报告提出异议', 'statement.sealed': '登记盖章件',
};

export const actionWord = (action: string): string => actions[action] ?? action;

/** What one may look for: an action, or all of one thing. */
export const actionChoices: { value: string; label: string }[] = [
  ...([['session', '登录与退出（全部）'], ['user', '用户（全部）'], ['key', '密钥（全部）'], ['evidence', '证据（全部）'], ['claim', '主张（全部）'], ['statement', '报告（全部）'], ['pack', '合同文本（全部）']] as const).map(([value, label]) => ({ value, label })),
  ...Object.entries(actions).map(([value, label]) => ({ value, label })),
];

const permissions: Record<string, string> = {
  'read-facts': '读事实', 'read-figures': '读数值', 'read-money': '看金额', append: '记录事实', 'bulk-append': '批量记录', 'upload-evidence': '上传证据', 'read-evidence': '读证据', export: '导出', verify: '核验', 'what-if': '试算',
};

export const permissionWord = (permission: string): string => permissions[permission] ?? permission;
export const permissionChoices = Object.entries(permissions).map(([value, label]) => ({ value, label }));

export const roleChoices: { side: string; roles: string[] }[] = [
  { side: '甲方', roles: ['buyer-clerk', 'buyer-reviewer', 'buyer-leader', 'buyer-finance'] },
  { side: '乙方', roles: ['provider-manager', 'engineer', 'desk-agent'] },
  { side: '其他', roles: ['using-unit', 'supervisor', 'auditor'] },
];

/** Who speaks for both parties speaks for neither. */
export function isOfBothSides(roles: readonly string[]): boolean {
  return [0, 1].every((place) => roleChoices[place]?.roles.some((role) => roles.includes(role)));
}
