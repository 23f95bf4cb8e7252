/** Instants as people in China read them, whatever zone the browser is in. */

const formats = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

/** 2025-12-08 08:30:00 in Beijing; null for what is no instant. */
function beijing(instant: string | number | Date): string | null {
  const date = instant instanceof Date ? instant : new Date(instant);
  return Number.isNaN(date.getTime()) ? null : formats.format(date);
}

const onlyDate = /^\d{4}-\d{2}-\d{2}$/;

/** 2025-12-08 08:30, a bare date as it is. */
export function toMinute(instant: string | number | Date): string {
  if (typeof instant === 'string' && onlyDate.test(instant)) return instant;
  return beijing(instant)?.slice(0, 16) ?? String(instant);
}

export function toSecond(instant: string | number | Date): string {
  return beijing(instant) ?? String(instant);
}

export function toDay(instant: string | number | Date): string {
  if (typeof instant === 'string' && onlyDate.test(instant)) return instant;
  return beijing(instant)?.slice(0, 10) ?? String(instant);
}

/** A due instant at midnight is the end of the day before. */
export function toDue(instant: string): string {
  if (onlyDate.test(instant)) return instant;
  const text = beijing(instant);
  if (text === null) return instant;
  if (!text.endsWith('00:00:00')) return text.slice(0, 16);
  return beijing(new Date(instant).getTime() - 1)?.slice(0, 10) ?? instant;
}

/** 2025-12-08T08:30 as a field for date and time wants it. */
export function toField(instant: string): string {
  return (beijing(instant) ?? '').slice(0, 16).replace(' ', 'T');
}

/** What such a field holds, as an instant of Beijing time; '' stays ''. */
export function fromField(text: string): string {
  if (!text) return '';
  return `${text.length === 16 ? `${text}:00` : text}+08:00`;
}

/** Milliseconds of an instant; a bare due date ends at midnight Beijing time. */
export function endOf(due: string): number {
  return onlyDate.test(due) ? new Date(`${due}T00:00:00+08:00`).getTime() + 86_400_000 : new Date(due).getTime();
}

/** 3 天 4 小时, the two largest parts. */
export function duration(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const parts: [number, string][] = [[Math.floor(whole / 86_400), '天'], [Math.floor(whole / 3600) % 24, '小时'], [Math.floor(whole / 60) % 60, '分'], [whole % 60, '秒']];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 秒';
  return parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** 剩 2 天 / 已过 3 小时 against a moment. */
export function distance(due: string, now: number): { text: string; past: boolean; days: number } {
  const left = endOf(due) - now;
  const days = left / 86_400_000;
  return { text: left >= 0 ? `剩 ${duration(left / 1000)}` : `已过 ${duration(-left / 1000)}`, past: left < 0, days };
}
