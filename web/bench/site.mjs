// The bench page, built and served like the real site: for the bench itself and for browser tests that need to see more
// than the site shows.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const web = dirname(dirname(fileURLToPath(import.meta.url)));

/** Builds the page and serves it, with `files` (path in the site → path on disk) beside it. */
export async function serveBench(port, files) {
  const scratch = mkdtempSync(join(tmpdir(), 'spotter-bench-'));
  const site = join(scratch, 'site');
  const config = {
    configFile: false,
    root: join(web, 'bench'),
    publicDir: join(web, 'static'),
    resolve: { alias: { $lib: join(web, 'src/lib') } },
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: site, emptyOutDir: true },
    preview: {
      port,
      strictPort: true,
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
    logLevel: 'warn',
  };
  await build(config);
  for (const [path, from] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    cpSync(from, join(site, path), { recursive: true });
  }
  const server = await preview(config);
  const close = () => {
    server.httpServer.close();
    rmSync(scratch, { recursive: true, force: true });
  };
  return { url: `http://localhost:${port}/`, close };
}
