// SvelteKit as a single-page app: every route falls back to one page that the server, or any static host, hands out.
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ fallback: 'index.html' }),
    // The page registers the service worker itself, so that it can tell about updates.
    serviceWorker: { register: false },
    version: { pollInterval: 0 },
    typescript: {
      config: (config) => ({
        ...config,
        include: [
          ...config.include,
          '../bench/**/*.ts',
          '../e2e/**/*.ts',
          '../playwright.config.ts',
        ],
      }),
    },
  },
};
