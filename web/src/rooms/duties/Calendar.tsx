import { Button } from 'antd';
import type { Duty } from '../../api/types';
import { usePart } from '../../app/place';
import { FigureLink } from '../../parts/FigureLink';
import { StateTag } from '../../parts/marks';
import { Panel } from '../../parts/Page';
import { toDue } from '../../parts/times';
import { stateTone } from '../../parts/words';
import { monthGrid, nextMonth } from './months';
import './calendar.css';

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
const mostADay = 4;

/** Duties on the day they fall due, a month at a time. */
export function Calendar({ duties, today }: { duties: Duty[]; today: string }) {
  const [month, setMonth] = usePart('month', today.slice(0, 7));
  const [day, setDay] = usePart('day');
  const byDay = new Map<string, Duty[]>();
  for (const duty of duties) if (duty.due) { const date = toDue(duty.due).slice(0, 10); byDay.set(date, [...(byDay.get(date) ?? []), duty]); }
  const chosen = byDay.get(day) ?? [];
  const go = (step: number) => { setMonth(nextMonth(month, step)); };
  return (
    <div className="stack">
      <Panel
        title={<span className="number">{month.slice(0, 4)} 年 {Number(month.slice(5))} 月</span>}
        extra={<span className="actions"><Button size="small" onClick={() => { go(-1); }} aria-label="上一月">‹</Button><Button size="small" onClick={() => { setMonth(today.slice(0, 7)); }}>本月</Button><Button size="small" onClick={() => { go(1); }} aria-label="下一月">›</Button></span>}
        flush
      >
        <table className="calendar">
          <thead><tr>{weekdays.map((name) => <th key={name} scope="col" abbr={`星期${name}`}>{name}</th>)}</tr></thead>
          <tbody>
            {monthGrid(month).map((week) => (
              <tr key={week[0]}>
                {week.map((date) => {
                  const here = byDay.get(date) ?? [];
                  const outside = !date.startsWith(month);
                  return (
                    <td key={date} className={[outside && 'outside', date === today && 'today', date === day && 'chosen'].filter(Boolean).join(' ') || undefined}>
                      <button type="button" onClick={() => { setDay(date === day ? null : date); }} disabled={here.length === 0} aria-pressed={date === day} aria-label={`${date}，${here.length} 项义务到期`}>
                        <span className="number">{Number(date.slice(8))}</span>
                        {here.length > 0 && <b className={here.some((duty) => stateTone(duty.state) === 'bad') ? 'minus' : undefined}>{here.length}</b>}
                      </button>
                      <ul>
                        {here.slice(0, mostADay).map((duty, i) => <li key={i} className={stateTone(duty.state)}><FigureLink address={duty.address}>{duty.label}</FigureLink></li>)}
                        {here.length > mostADay && <li className="none">另 {here.length - mostADay} 项</li>}
                      </ul>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {chosen.length > 0 && (
        <Panel title={`${day} 到期`} extra={`${chosen.length} 项`}>
          <ul className="lines">{chosen.map((duty, i) => <li key={i}><StateTag state={duty.state} /> <FigureLink address={duty.address}>{duty.label}</FigureLink> <small>{duty.period}</small></li>)}</ul>
        </Panel>
      )}
    </div>
  );
}
