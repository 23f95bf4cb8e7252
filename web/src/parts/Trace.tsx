import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Trace, TraceFact } from '../api/types';
import { contractPath } from '../app/place';
import { toMinute, toSecond } from './times';
import { kindWord, stateWord } from './words';

/**
 * Without the steps that only repeat: a value and the term that gives it are often told one inside the other by the same words.
 * Clauses and facts of what is left out go to what stays.
 */
export function condense(trace: Trace): Trace {
  const parts = trace.parts.map(condense);
  const same = parts.findIndex((part) => part.what === trace.what && part.value === trace.value);
  const inner = parts[same];
  if (!inner) return { ...trace, parts };
  return {
    ...trace,
    clauses: merged(trace.clauses, inner.clauses),
    facts: merged(trace.facts, inner.facts),
    parts: [...parts.slice(0, same), ...inner.parts, ...parts.slice(same + 1)],
    ...(trace.masked || inner.masked ? { masked: true } : {}),
  };
}

function merged<T extends { id: string }>(one: T[], other: T[]): T[] {
  return [...new Map([...one, ...other].map((entry) => [entry.id, entry])).values()];
}

/** How a value came about, opened step by step: what it is, its value, the clauses it executes and the facts it rests on. */
export function TraceTree({ trace, contract, asOf }: { trace: Trace; contract: string; asOf?: string | undefined }) {
  const condensed = useMemo(() => condense(trace), [trace]);
  return <ul className="trace"><Node trace={condensed} depth={0} contract={contract} asOf={asOf} /></ul>;
}

const openedDepth = 2;

/** As the trace says it, instants as people read them. */
const shown = (value: string) => (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(value) ? toSecond(value) : stateWord(value).replace(/^-(?=\d)/, '−'));

function Node({ trace, depth, contract, asOf, only = false }: { trace: Trace; depth: number; contract: string; asOf: string | undefined; only?: boolean }) {
  // What leads to one thing only is no choice to make: it opens together with that.
  const [open, setOpen] = useState(depth < openedDepth || only);
  const parts = trace.parts;
  const more = parts.length > 0;
  return (
    <li>
      <div className="trace-line">
        {more
          ? <button type="button" className="twist" aria-expanded={open} aria-label={`${open ? '收起' : '展开'}：${trace.what}`} onClick={() => { setOpen(!open); }}>{open ? '−' : '+'}</button>
          : <span className="twist" aria-hidden>·</span>}
        <span className="trace-what">{trace.what}</span>
        {trace.masked ? <span className="trace-value masked">金额不对您显示</span> : trace.value !== '' && <span className="trace-value number">{shown(trace.value)}</span>}
      </div>
      {(trace.clauses.length > 0 || trace.facts.length > 0) && depth > 0 && (
        <div className="trace-refs">
          {trace.clauses.map((clause) => <Link key={clause.id} to={contractPath(contract, 'clauses', { clause: clause.id, asOf })} title={clause.text}>条款 {clause.id}</Link>)}
          {trace.facts.map((fact) => <Link key={fact.id} to={contractPath(contract, 'facts', { fact: fact.id, asOf })} title={`${kindWord(fact.kind)}，${fact.subject}，${toMinute(fact.at)}`}>事实 {fact.id}</Link>)}
        </div>
      )}
      {more && open && <ul>{parts.map((part, i) => <Node key={i} trace={part} depth={depth + 1} contract={contract} asOf={asOf} only={parts.length === 1 && part.parts.length === 1} />)}</ul>}
    </li>
  );
}

/** All clauses and facts of a trace, each once, in the order they are met. */
export function gather(trace: Trace): { clauses: { id: string; text: string }[]; facts: TraceFact[] } {
  const clauses = new Map<string, { id: string; text: string }>();
  const facts = new Map<string, TraceFact>();
  const visit = (node: Trace) => {
    for (const clause of node.clauses) if (!clauses.has(clause.id)) clauses.set(clause.id, clause);
    for (const fact of node.facts) if (!facts.has(fact.id)) facts.set(fact.id, fact);
    node.parts.forEach(visit);
  };
  visit(trace);
  return { clauses: [...clauses.values()], facts: [...facts.values()] };
}
