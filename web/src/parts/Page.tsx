import type { ReactNode } from 'react';
import { useTitle } from '../app/title';

export interface PageProps {
  title: string;
  /** What the browser's tab says besides, e.g. the contract's name. */
  of?: string | undefined;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Page({ title, of, lead, actions, children, className }: PageProps) {
  useTitle(title, of);
  return (
    <div className={`page ${className ?? ''}`}>
      <header className="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Panel({ title, extra, children, className, flush = false }: { title?: ReactNode; extra?: ReactNode; children: ReactNode; className?: string; flush?: boolean }) {
  return (
    <section className={`panel ${flush ? 'flush' : ''} ${className ?? ''}`}>
      {(title ?? extra) && <header className="panel-head">{title && <h2>{title}</h2>}{extra && <div className="extra">{extra}</div>}</header>}
      {children}
    </section>
  );
}

/** Terms and what they are, side by side; one under the other where there is no room. */
export function Facts({ items }: { items: [string, ReactNode][] }) {
  return <dl className="facts">{items.map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>;
}
