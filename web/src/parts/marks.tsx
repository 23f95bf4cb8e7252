import type { ReactNode } from 'react';
import type { Light } from '../api/types';
import { distance, toDue, toMinute, toSecond } from './times';
import { lightWord, stateTone, stateWord, type Tone } from './words';

/** 约衡: the beam, two pans. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M16 6v19M10.500 26h11M6 10.500h20" />
        <path d="M6.500 11 3.500 18.500h6.500zM25.500 11l-3.500 7.500h6.500z" />
      </g>
      <path d="M3.500 18.500a3.300 3.300 0 0 0 6.500 0zM22 18.500a3.300 3.300 0 0 0 6.500 0z" fill="currentColor" />
    </svg>
  );
}

export function Tag({ tone = 'quiet', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return <span className={`tag ${tone}`} title={title}>{children}</span>;
}

export function StateTag({ state }: { state: string }) {
  return <Tag tone={stateTone(state)}>{stateWord(state)}</Tag>;
}

/** Colour and word: nobody has to tell red from green. */
export function LightMark({ light }: { light: Light }) {
  return <span className={`light ${light}`}><i aria-hidden />{lightWord(light)}</span>;
}

export function InstantText({ at, seconds = false }: { at: string | null | undefined; seconds?: boolean }) {
  if (!at) return <span className="none">—</span>;
  return <time dateTime={at} className="number">{seconds ? toSecond(at) : toMinute(at)}</time>;
}

/** A due time, and how far it is from the moment one is looking at. */
export function DueText({ due, now, open = true }: { due: string | null | undefined; now: number; open?: boolean }) {
  if (!due) return <span className="due none">无固定期限</span>;
  const far = distance(due, now);
  return (
    <span className="due">
      <time dateTime={due} className="number">{toDue(due)}</time>
      {open && <small className={far.past ? 'past' : far.days <= 7 ? 'soon' : undefined}>{far.text}</small>}
    </span>
  );
}

export function Hash({ text, length = 12 }: { text: string; length?: number }) {
  return <code className="hash" title={text}>{text.length > length ? `${text.slice(0, length)}…` : text}</code>;
}
