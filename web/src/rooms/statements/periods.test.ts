import { periodsAt } from './periods';

const of = (today: string, label: string) => periodsAt(today, { from: '2025-01-01', through: '2025-12-31' }).find((period) => period.label.startsWith(label));

describe('periods of statements', () => {
  it('end on the last day of their month', () => {
    expect(of('2025-03-15', '上月')).toMatchObject({ from: '2025-02-01', to: '2025-02-28' });
    expect(of('2024-03-15', '上月')).toMatchObject({ to: '2024-02-29' });
    expect(of('2025-12-08', '上季度')).toMatchObject({ from: '2025-07-01', to: '2025-09-30' });
  });
  it('go back over the new year', () => {
    expect(of('2026-01-05', '上月')).toMatchObject({ from: '2025-12-01', to: '2025-12-31' });
    expect(of('2026-01-05', '上季度')).toMatchObject({ from: '2025-10-01', to: '2025-12-31' });
  });
  it('do not go beyond the term', () => {
    expect(of('2026-02-01', '期初至今')).toMatchObject({ from: '2025-01-01', to: '2025-12-31' });
    expect(of('2025-12-08', '期初至今')).toMatchObject({ to: '2025-12-08' });
  });
});
