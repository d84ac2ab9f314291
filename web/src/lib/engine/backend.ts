// What the networks run on: WebGPU when there is one, else WebAssembly threads, else one thread. Always with the reason.
import type { Backend } from './types';

export type NetworkBackend = Exclude<Backend, 'server' | 'none'>;

export interface Choice {
  backend: NetworkBackend;
  /** Why this one and no faster one, for the developer panel. */
  reason: string;
}

/** The parts of a worker's world that the choice depends on. */
export interface Surroundings {
  gpu: { requestAdapter(): Promise<AdapterLike | null> } | undefined;
  crossOriginIsolated: boolean;
  n_cores: number;
}

export interface AdapterLike {
  readonly info?: { readonly isFallbackAdapter?: boolean; readonly architecture?: string };
  readonly isFallbackAdapter?: boolean;
}

/** `avoid` are backends that failed in this session. */
export async function chooseBackend(
  here: Surroundings,
  avoid: ReadonlySet<NetworkBackend>,
): Promise<Choice> {
  const noGpu = avoid.has('webgpu') ? 'WebGPU failed in this session' : await gpuProblem(here.gpu);
  if (noGpu === null)
    return { backend: 'webgpu', reason: 'this device has a GPU that WebGPU can use' };
  const noThreads = threadProblem(here, avoid);
  if (noThreads === null)
    return { backend: 'wasm-threads', reason: `${noGpu}; threads on ${here.n_cores} cores` };
  return { backend: 'wasm', reason: `${noGpu}; ${noThreads}` };
}

async function gpuProblem(gpu: Surroundings['gpu']): Promise<string | null> {
  if (!gpu) return 'this browser has no WebGPU';
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return 'WebGPU found no GPU';
  const software =
    adapter.info?.isFallbackAdapter === true ||
    adapter.isFallbackAdapter === true ||
    adapter.info?.architecture === 'swiftshader';
  return software ? 'WebGPU would run in software here' : null;
}

function threadProblem(here: Surroundings, avoid: ReadonlySet<NetworkBackend>): string | null {
  if (avoid.has('wasm-threads')) return 'threads failed in this session';
  if (!here.crossOriginIsolated)
    return 'the page is not cross-origin isolated (headers COOP and COEP), so there are no threads';
  return here.n_cores > 1 ? null : 'this device has one core';
}
