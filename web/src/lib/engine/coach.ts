// The engine's module on the page itself, for answers that take no time and no network: what to do in the next set.
import { version } from '$app/environment';
import type * as MotionWasm from '../../../static/wasm/motion_wasm';

export type Coach = Pick<typeof MotionWasm, 'next_set'>;

let loaded: Promise<Coach> | null = null;

/** Loaded once, when it is first asked for; what has failed is tried again. The service worker keeps its files. */
export function coach(): Promise<Coach> {
  loaded ??= load().catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

async function load(): Promise<Coach> {
  // The glue and the module must be of one build.
  const of = (name: string): string => new URL(`/wasm/${name}?v=${version}`, location.origin).href;
  const exports = (await import(/* @vite-ignore */ of('motion_wasm.js'))) as typeof MotionWasm;
  await exports.default({ module_or_path: of('motion_wasm_bg.wasm') });
  return exports;
}
