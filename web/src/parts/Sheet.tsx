import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  align?: 'right' | 'center';
  /** Text or number to sort by; a column without one cannot be sorted. */
  sort?: (row: T) => string | number;
  /** Does not break inside. */
  tight?: boolean;
  /** On a narrow screen the row's heading. */
  head?: boolean;
  /** At least this wide, in em. */
  width?: number;
}

export interface SheetProps<T> {
  columns: Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  caption: string;
  onOpen?: (row: T) => void;
  isCurrent?: (row: T) => boolean;
  rowClass?: (row: T) => string | undefined;
  footer?: ReactNode;
}

/** A table that becomes a list of cards where there is no room, prints as a table, and opens its rows by Enter. */
export function Sheet<T>({ columns, rows, rowKey, caption, onOpen, isCurrent, rowClass, footer }: SheetProps<T>) {
  const [order, setOrder] = useState<{ key: string; down: boolean } | null>(null);
  const by = order && columns.find((column) => column.key === order.key)?.sort;
  const shown = by ? [...rows].sort((a, b) => compare(by(a), by(b)) * (order.down ? -1 : 1)) : rows;
  const turn = (key: string) => { setOrder((now) => (now?.key !== key ? { key, down: false } : now.down ? null : { key, down: true })); };
  const open = (row: T) => (event: MouseEvent | KeyboardEvent) => {
    if ((event.target as Element).closest('a, button, input, label') && event.target !== event.currentTarget) return;
    if ('key' in event && event.key !== 'Enter') return;
    if ('key' in event) event.preventDefault();
    onOpen?.(row);
  };
  return (
    <div className="sheet-box">
      <table className="sheet">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.align} aria-sort={order?.key === column.key ? (order.down ? 'descending' : 'ascending') : undefined} style={column.width ? { minWidth: `${column.width}em` } : undefined}>
                {column.sort
                  ? <button type="button" className="sorter" onClick={() => { turn(column.key); }}>{column.title}<i aria-hidden>{order?.key === column.key ? (order.down ? '↓' : '↑') : '↕'}</i></button>
                  : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={rowKey(row)}
              className={[onOpen && 'opens', isCurrent?.(row) && 'current', rowClass?.(row)].filter(Boolean).join(' ') || undefined}
              tabIndex={onOpen ? 0 : undefined}
              onClick={onOpen && open(row)}
              onKeyDown={onOpen && open(row)}
            >
              {columns.map((column) => (
                <td key={column.key} data-title={column.title} className={[column.align, column.tight && 'tight', column.head && 'head'].filter(Boolean).join(' ') || undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {footer}
      </table>
    </div>
  );
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh-CN', { numeric: true });
}
