import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { fromField, toField, toMinute } from '../parts/times';
import { useNow } from './BusinessClock';
import { useMoment, withChanges } from './place';

/** Which moment the page is judged at: now and live, or any other, kept in the page's address. */
export function MomentBar() {
  const moment = useMoment();
  const [, setSearch] = useSearchParams();
  const [open, setOpen] = useState(false);
  const now = useNow();
  const past = Boolean(moment.asOf ?? moment.recorded);
  const [asOf, setAsOf] = useState('');
  const [recorded, setRecorded] = useState('');
  const begin = () => {
    setAsOf(toField(moment.asOf ?? new Date(now).toISOString()));
    setRecorded(moment.recorded ? toField(moment.recorded) : '');
    setOpen(true);
  };
  const go = (changes: { asOf: string | null; recorded: string | null }) => {
    setSearch((search) => new URLSearchParams(withChanges(search, changes)));
    setOpen(false);
  };
  return (
    <div className={`moment ${past ? 'past' : ''}`}>
      <span className="moment-text">
        {past
          ? <>判定时刻 <b className="number">{moment.asOf ? toMinute(moment.asOf) : '现在'}</b>{moment.recorded && <>，只看 <b className="number">{toMinute(moment.recorded)}</b> 以前记录的事实</>}</>
          : <>判定时刻：现在</>}
      </span>
      {past && <Button size="small" type="primary" onClick={() => { go({ asOf: null, recorded: null }); }}>回到现在</Button>}
      <Button size="small" onClick={() => { if (open) setOpen(false); else begin(); }} aria-expanded={open}>换一个时刻</Button>
      {open && (
        <form className="moment-form" onSubmit={(event) => { event.preventDefault(); go({ asOf: fromField(asOf) || null, recorded: fromField(recorded) || null }); }} onKeyDown={(event) => { if (event.key === 'Escape') setOpen(false); }}>
          <label>判定时刻<input type="datetime-local" value={asOf} onChange={(event) => { setAsOf(event.target.value); }} autoFocus /></label>
          <label>只看此前记录的事实<input type="datetime-local" value={recorded} onChange={(event) => { setRecorded(event.target.value); }} /></label>
          <Button htmlType="submit" type="primary" size="small">查看</Button>
          <small>均为北京时间；第二项留空则用全部已记录的事实。</small>
        </form>
      )}
    </div>
  );
}
