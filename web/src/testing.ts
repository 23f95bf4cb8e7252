import '@testing-library/jest-dom/vitest';

// The component library measures what it shows; nothing has a size here.
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
