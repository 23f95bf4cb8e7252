import type { FieldError } from './types';

/** A refusal as the server words it (RFC 9457), or the failure to reach it (status 0). */
export class Problem extends Error {
  readonly status: number;
  /** Last part of the problem's type: `totp-required`, `claim-required` … */
  readonly word: string;
  readonly title: string;
  readonly errors: readonly FieldError[];
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, word: string, title: string, detail: string, errors: readonly FieldError[] = [], more: Readonly<Record<string, unknown>> = {}) {
    super(detail || title);
    this.name = 'Problem';
    this.status = status;
    this.word = word;
    this.title = title;
    this.errors = errors;
    this.more = more;
  }
}

const titles: Record<number, string> = {
  400: '请求有误', 401: '尚未登录', 403: '没有权限', 404: '没有找到', 409: '与已有内容冲突', 413: '文件过大', 415: '格式不支持',
  422: '内容有误', 429: '过于频繁', 500: '服务器出错', 502: '服务暂不可用', 503: '服务暂不可用', 504: '服务没有及时答复',
};

export async function problemOf(response: Response): Promise<Problem> {
  const title = titles[response.status] ?? `服务器答复 ${response.status}`;
  const text = await response.text().catch(() => '');
  try {
    const body = JSON.parse(text) as { type?: string; title?: string; detail?: string; errors?: FieldError[] } & Record<string, unknown>;
    const errors = Array.isArray(body.errors) ? body.errors : [];
    return new Problem(response.status, body.type?.split('/').pop() ?? '', body.title ?? title, body.detail ?? body.title ?? title, errors, body);
  } catch {
    return new Problem(response.status, '', title, response.status >= 500 ? '服务器没有说明原因，请稍后再试。' : title);
  }
}

export function unreachable(): Problem {
  return new Problem(0, 'unreachable', '连接不上服务器', '没有连接上服务器，请检查网络后重试。');
}
