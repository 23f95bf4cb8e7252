import type { MouseEvent, ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useContract, withChanges } from '../app/place';
import { isZero, money as asMoney } from './numbers';
import type { Unit } from '../api/types';

export interface FigureLinkProps {
  address: string | null | undefined;
  /** Where the page spans contracts; else that of the page. */
  contract?: string;
  children: ReactNode;
  /** Read to people who do not see the column's heading. */
  label?: string;
  className?: string;
}

/** A figure that opens its trace. Its address can be copied and sent: it opens the same page with the same trace. */
export function FigureLink({ address, contract, children, label, className }: FigureLinkProps) {
  const location = useLocation();
  const navigate = useNavigate();
  const here = useContract();
  if (!address) return <span className={className}>{children}</span>;
  const search = withChanges(new URLSearchParams(location.search), { trace: address, of: contract && contract !== here ? contract : null });
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    void navigate({ pathname: location.pathname, search });
  };
  return (
    <a className={`figure ${className ?? ''}`} href={location.pathname + search} onClick={open} aria-label={label ? `${label}，查看由来` : undefined} title="查看由来">
      {children}
    </a>
  );
}

/** A figure by its unit: amounts with separators, points and the rest as they are. */
export function Amount({ text, unit = 'money', ...link }: { text: string; unit?: Unit } & Omit<FigureLinkProps, 'children'>) {
  const shown = unit === 'money' ? asMoney(text) : text;
  return <FigureLink {...link} className={`number ${unit === 'money' && isZero(text) ? 'zero' : ''} ${link.className ?? ''}`}>{shown}</FigureLink>;
}
