import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/react';

// A busy machine is no failure; what is awaited is awaited no longer than it takes.
configure({ asyncUtilTimeout: 15_000 });

// The component library measures what it shows; nothing has a size here.
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
