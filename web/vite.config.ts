import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server replaces this placeholder in index.html by the nonce of the response (see its Content-Security-Policy).
const noncePlaceholder = '__CSP_NONCE__';

export default defineConfig({
  plugins: [react()],
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
  },
  server: { proxy: { '/api': process.env['YUEHENG_SERVER'] ?? 'http://127.0.0.1:5080' } },
  test: {
    environment: 'jsdom',
    globals: true,
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing.ts'],
  },
});
