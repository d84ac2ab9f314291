// How the site is built, served while developing, and unit-tested.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

// Threads in WebAssembly need a cross-origin isolated page; the real server sends the same two.
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  plugins: [sveltekit()],
  server: { headers: isolated, fs: { allow: ['..'] } },
  preview: { headers: isolated },
  worker: { format: 'es' },
  build: { target: 'es2022' },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    environment: 'node',
    expect: { requireAssertions: true },
  },
});
