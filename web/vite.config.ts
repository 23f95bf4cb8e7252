import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The server replaces this placeholder in index.html by the nonce of the response (see its Content-Security-Policy).
const noncePlaceholder = '__CSP_NONCE__';

// Of the component library, one part writes a style element without the nonce: it keeps a page behind an open panel from scrolling.
// Here the page never scrolls, only its main part does, behind the panel's mask.
const noScrollLock: Plugin = {
  name: 'no-scroll-lock',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './useScrollLocker' && importer?.includes('@rc-component/portal') ? path.resolve(import.meta.dirname, 'src/app/noScrollLock.ts') : undefined,
};

export default defineConfig({
  plugins: [noScrollLock, react()],
  html: { cspNonce: noncePlaceholder },
  build: {
    outDir: '../artifacts/web',
    emptyOutDir: true,
    target: 'es2022',
    // A data: address would need an exception in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    manifest: true,
    // What most pages share comes in one file instead of many small ones.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 5 }] } } },
  },
  server: { proxy: { '/api': process.env['YUEHENG_SERVER'] ?? 'http://127.0.0.1:5080' } },
  test: {
    environment: 'jsdom',
    globals: true,
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing.ts'],
  },
});
