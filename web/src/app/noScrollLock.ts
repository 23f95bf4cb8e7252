/** Stands for the scroll lock of `@rc-component/portal` (see vite.config.ts). */
export default function useScrollLocker(): void {
  // Nothing to lock.
}
