/** Chinese words for the words of the wire. What is not listed is shown as it is. */

const states: Record<string, string> = {
  kept: '守约', breached: '违约', running: '进行中', excused: '免责', late: '迟延', missing: '缺失', pending: '未到期', open: '可行使', met: '达标', closed: '已关闭',
  'not-open': '未开启', payable: '应付', lapsed: '失效', none: '无', final: '已定', true: '是', false: '否', yes: '是', no: '否', pass: '合格', passed: '通过',
  fail: '不合格', failed: '未通过', done: '已完成', exercised: '已行使', accepted: '已接受', refused: '已拒绝', proposed: '待答复', answered: '已答复', decided: '已核定',
  withdrawn: '已撤回', issued: '已出具', confirmed: '已确认', disputed: '有异议', sealed: '已盖章', 'not-applied': '未申请', undetermined: '不能判定', dropped: '不再要求',
  'not-a-notice': '不构成通知', valid: '有效', invalid: '无效', waiting: '等待中', 'not-due': '未到期', due: '已到期', paid: '已付',
};

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

const tones: Record<string, Tone> = {
  kept: 'good', met: 'good', passed: 'good', pass: 'good', done: 'good', accepted: 'good', confirmed: 'good', sealed: 'good', paid: 'good',
  breached: 'bad', missing: 'bad', failed: 'bad', fail: 'bad', disputed: 'bad', refused: 'bad',
  late: 'warn', open: 'warn', proposed: 'warn', lapsed: 'warn', answered: 'warn', undetermined: 'warn',
  running: 'info', payable: 'info', issued: 'info', decided: 'info', exercised: 'info',
};

export const stateWord = (state: string): string => states[state] ?? state;
export const stateTone = (state: string): Tone => tones[state] ?? 'quiet';

const roles: Record<string, string> = {
  'buyer-clerk': '甲方经办', 'buyer-reviewer': '甲方复核', 'buyer-leader': '分管领导', 'buyer-finance': '甲方财务', 'using-unit': '用户单位',
  'provider-manager': '项目经理', engineer: '工程师', 'desk-agent': '座席', supervisor: '监理', auditor: '审计',
};
const admins: Record<string, string> = { 'system-admin': '系统管理员', 'security-admin': '安全管理员', 'audit-admin': '审计管理员' };
const sides: Record<string, string> = { buyer: '甲方', provider: '乙方', neither: '第三方' };

const parties: Record<string, string> = { buyer: '甲方', provider: '乙方', supervisor: '监理', user: '使用方', agency: '代理机构', auditor: '审计方' };
/** The role of a party as the paper has it. */
export const partyWord = (role: string): string => parties[role] ?? role;

export const allRoles: readonly string[] = Object.keys(roles);
export const roleWord = (role: string): string => roles[role] ?? admins[role] ?? role;
export const sideWord = (side: string): string => sides[side] ?? side;

const lights = { green: '正常', amber: '关注', red: '预警' } as const;
export const lightWord = (light: keyof typeof lights): string => lights[light];

/** What facts are called, by kind; the contract's own vocabulary names its own kinds. */
const kinds: Record<string, string> = {
  'incident.reported': '故障上报', 'incident.responded': '故障响应', 'incident.arrived': '到达现场', 'incident.diagnosed': '故障定位', 'incident.progress': '进展反馈',
  'incident.replaced': '备件替换', 'incident.resolved': '故障解决', 'incident.reopened': '故障重开', 'outage.started': '中断开始', 'outage.ended': '中断结束',
  'request.made': '提出请求', 'request.responded': '响应请求', 'request.completed': '完成请求', 'request.refused': '拒绝请求',
  'deliverable.submitted': '提交成果', 'deliverable.accepted': '成果通过', 'deliverable.rejected': '成果退回', 'patrol.done': '完成巡检', 'complaint.received': '收到投诉',
  'praise.received': '收到表扬', 'operation.unauthorised': '越权操作', 'assist.given': '协助处置', 'assurance.declared': '宣布重保', 'assurance.adverse': '重保不良事件',
  'assurance.incident': '重保期故障', 'rating.given': '满意度评价', 'bulletin.issued': '通报', 'threat.detected': '发现威胁', 'threat.notified': '告知威胁',
  'vulnerability.found': '发现漏洞', 'vulnerability.fixed': '修复漏洞', 'attendance.recorded': '考勤', 'post.vacant': '岗位空缺', 'staff.changed': '人员更换',
  'drill.held': '应急演练', 'training.held': '培训', 'backup.completed': '完成备份', 'restore.tested': '恢复测试', 'change.deployed': '变更上线', 'change.rolled_back': '变更回退',
  'data.leaked': '数据泄露', 'data.lost': '数据丢失', 'data.disposed': '数据处置', 'meter.read': '计量读数', 'availability.measured': '可用率', 'demand.completed': '完成需求',
  'ranking.published': '评比名次', 'rectification.ordered': '责令整改', 'rectification.done': '完成整改', 'finding.recorded': '认定', 'notice.sent': '发出通知',
  'notice.received': '收到通知', 'payment.requested': '请款', 'invoice.received': '收到发票', 'payment.made': '付款', 'payment.due.agreed': '商定付款期限',
  'funds.available': '资金到位', 'security.lodged': '缴存担保', 'security.drawn': '动用担保', 'security.released': '退还担保', 'audit.completed': '完成审计',
  'loss.established': '损失认定', 'refund.ordered': '责令退款', 'assessment.issued': '出具考核', 'assessment.confirmed': '确认考核', 'acceptance.applied': '申请验收',
  'acceptance.review.started': '评审开始', 'acceptance.review.passed': '评审通过', 'acceptance.review.failed': '评审未过', 'acceptance.passed': '验收通过',
  'acceptance.failed': '验收未过', 'force-majeure.started': '不可抗力开始', 'force-majeure.notified': '不可抗力告知', 'force-majeure.reported': '不可抗力报告',
  'force-majeure.proved': '不可抗力证明', 'force-majeure.ended': '不可抗力结束', 'meeting.scheduled': '安排会议', 'meeting.cancelled': '取消会议', 'meeting.notified': '会议通知',
  'meeting.staffed': '会议值守', 'meeting.checked': '会前检查', 'meeting.ended': '会议结束', 'exit.requested': '申请退出', 'exit.approved': '同意退出',
  'contract.terminated': '解除合同', 'successor.signed': '后续合同签订', 'account.change-notified': '账号变更告知', 'fact.retracted': '撤回事实',
};

export const kindWord = (kind: string): string => kinds[kind] ?? kind;

const fields: Record<string, string> = {
  severity: '级别', system: '系统', core: '核心系统', category: '类别', attributable: '责任方', in_scope: '服务范围内', note: '说明', event: '事件', domain: '评分表',
  slow: '缓慢', share: '影响比例', users: '影响用户', loss: '损失', by: '一方', level: '级别', on_time: '按时', accurate: '准确', deliverable: '成果', period: '期次', patrol: '巡检',
  site: '站点', hidden_danger: '隐患', from: '起', to: '止', channel: '渠道', written: '书面', decisive: '起决定作用', grade: '评价', kind: '种类', risk: '风险', source: '来源',
  date: '日期', required: '应到', present: '实到', role: '岗位', approved: '已获准', mode: '方式', attendees: '人数', ok: '成功', tested: '已测试', logged: '已记录', days: '天数',
  recoverable: '可恢复', item: '项目', quantity: '数量', value: '数值', top_percent: '前百分之', due: '期限', rule: '规则', count: '次数', about: '事由', method: '方式', local: '本地',
  effective: '生效', instalment: '付款期', amount: '金额', security: '担保', validTo: '有效至', head: '名目', victim: '受损方', line: '分项', party: '一方', starts: '开始', ends: '结束',
  sites: '会场数', engineers: '工程师数', list: '清单', failed: '未过项', ground: '事由', ref: '依据', fact: '事实', reason: '理由', onsite: '需到场', changed: '变更日', claim_refund: '请求退款',
  wide: '影响广泛', resource: '资源', price: '单价', evidence: '证明材料',
};

export const fieldWord = (field: string): string => fields[field] ?? field;

const values: Record<string, string> = {
  provider: '乙方', buyer: '甲方', 'third-party': '第三方', 'force-majeure': '不可抗力', user: '用户', supervisor: '监理', fault: '故障', security: '安全', request: '请求', high: '高',
  medium: '中', low: '低', critical: '特别重大', major: '重大', minor: '一般', good: '满意', fair: '一般', poor: '不满意', 'very-poor': '极度不满意', provincial: '省级', national: '国家级',
  emergency: '紧急', 'application-failure': '应用故障', scan: '扫描', authority: '主管单位', onsite: '现场', remote: '远程', urgent: '紧急', difficult: '疑难', general: '一般', phone: '电话', fax: '传真', express: '快递', registered: '挂号信', hand: '当面', performance: '履约', advance: '预付款', other: '其他',
};

/** A value of a fact as people read it. */
export function valueWord(value: unknown): string {
  if (value === true) return '是';
  if (value === false) return '否';
  if (value === null || value === undefined) return '—';
  if (typeof value === 'string') return values[value] ?? value;
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value as number);
}
