// The motion engine's WebAssembly module in this worker.
import type * as MotionWasm from '../../../static/wasm/motion_wasm';

import { type EngineFiles, type OnBytes, download } from './downloads';
import { EngineError, messageOf } from './failure';

const SCRIPT = '/wasm/motion_wasm.js';
const MODULE = '/wasm/motion_wasm_bg.wasm';

export type { LiveCoach, PersonTracker, TrackStep } from '../../../static/wasm/motion_wasm';
export interface EngineModule {
  exports: typeof MotionWasm;
  memory: WebAssembly.Memory;
}

export async function loadEngine(
  origin: string,
  files: EngineFiles,
  onBytes: OnBytes,
): Promise<EngineModule> {
  const bytes = await download(origin, MODULE, files[MODULE], onBytes);
  try {
    const script = new URL(SCRIPT, origin);
    // The glue and the module must be of one build.
    script.searchParams.set('v', files[MODULE]?.sha256.slice(0, 16) ?? '');
    const exports = (await import(/* @vite-ignore */ script.href)) as typeof MotionWasm;
    const { memory } = await exports.default({ module_or_path: bytes });
    return { exports, memory };
  } catch (error) {
    throw new EngineError(
      'load',
      `the motion engine did not start: ${messageOf(error)}; reload the page`,
    );
  }
}
