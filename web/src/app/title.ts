import { useEffect } from 'react';

/** Names the page in the browser's tab, its history and a screen reader. */
export function useTitle(...parts: (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), '约衡'].join(' · ');
  useEffect(() => { document.title = title; }, [title]);
}
