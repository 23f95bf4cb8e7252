import { distance, duration, endOf, fromField, toDue, toField, toMinute } from './times';

describe('times', () => {
  it('are Beijing times whatever offset they come with', () => {
    expect(toMinute('2025-12-08T08:30:00+08:00')).toBe('2025-12-08 08:30');
    expect(toMinute('2025-12-07T20:00:00Z')).toBe('2025-12-08 04:00');
  });
  it('leave a bare date as it is', () => { expect(toMinute('2025-12-08')).toBe('2025-12-08'); });
  it('leave what is no instant as it is', () => { expect(toMinute('期满')).toBe('期满'); });
  it('call midnight the end of the day before where it is a limit', () => {
    expect(toDue('2025-12-09T00:00:00+08:00')).toBe('2025-12-08');
    expect(toDue('2025-12-09T00:01:00+08:00')).toBe('2025-12-09 00:01');
  });
  it('end a bare due date at midnight', () => { expect(endOf('2025-12-08')).toBe(new Date('2025-12-09T00:00:00+08:00').getTime()); });
  it('go into a field and come back the same', () => {
    expect(toField('2025-12-08T08:30:00+08:00')).toBe('2025-12-08T08:30');
    expect(fromField('2025-12-08T08:30')).toBe('2025-12-08T08:30:00+08:00');
    expect(fromField('')).toBe('');
  });
});

describe('durations', () => {
  it('show the two largest parts', () => {
    expect(duration(206_400)).toBe('2 天 9 小时');
    expect(duration(59)).toBe('59 秒');
    expect(duration(3600)).toBe('1 小时');
    expect(duration(0)).toBe('0 秒');
  });
  it('say how far a limit is, or how long past', () => {
    const now = new Date('2025-12-08T08:30:00+08:00').getTime();
    expect(distance('2025-12-08', now)).toMatchObject({ text: '剩 15 小时 30 分', past: false });
    expect(distance('2025-12-08T08:00:00+08:00', now)).toMatchObject({ text: '已过 30 分', past: true });
  });
});
