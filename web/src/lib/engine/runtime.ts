// LiteRT.js in this worker: its WebAssembly from our own origin, its networks from the bytes we are given.
//
// Two things here look odd and are needed. LiteRT.js loads its glue script with `importScripts`, which a module worker
// does not have, so the script is imported as a module and hands its factory over as an AMD module would. And
// Emscripten starts one thread per core at once; more than four only cost memory.
import {
  type CompiledModel,
  loadAndCompile,
  loadLiteRt,
  supportsFeature,
  Tensor,
} from '@litertjs/core';

import type { NetworkBackend } from './backend';
import { type EngineFiles, type OnBytes, download } from './downloads';
import { EngineError, messageOf } from './failure';

const MAX_THREADS = 4;

type Factory = (module: unknown) => Promise<unknown>;
interface LoaderScope {
  Module?: unknown;
  ModuleFactory?: Factory;
  define?: ((names: string[], make: () => Factory) => void) & { amd?: boolean };
  importScripts: (url: string) => void;
}

/** Loads the runtime that the backend needs. Once per worker. */
export async function loadRuntime(
  origin: string,
  files: EngineFiles,
  backend: NetworkBackend,
  onBytes: OnBytes,
): Promise<void> {
  const relaxed = await supportsFeature('relaxedSimd');
  const jspi = backend === 'webgpu' && relaxed && (await supportsFeature('jspi'));
  const threads = backend === 'wasm-threads';
  const flavor = !relaxed ? '_compat' : threads ? '_threaded' : jspi ? '_jspi' : '';
  const script = new URL(`/litert/litert_wasm${flavor}_internal.js`, origin);
  const wasm = script.pathname.replace(/js$/, 'wasm');
  const scope = self as unknown as LoaderScope;
  try {
    limitThreads();
    const wasmBinary = await download(origin, wasm, files[wasm], onBytes);
    scope.define = Object.assign(
      (_names: string[], make: () => Factory) => {
        scope.ModuleFactory = make();
      },
      { amd: true },
    );
    await import(/* @vite-ignore */ script.href);
    delete scope.define;
    scope.importScripts = () => undefined;
    scope.Module = {
      wasmBinary: wasmBinary.buffer,
      locateFile: (name: string) => new URL(`/litert/${name}`, origin).href,
      mainScriptUrlOrBlob: script.href,
      print: () => undefined,
      printErr: reportErrors,
    };
    await loadLiteRt(script.href, {});
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'network',
      `the network runtime did not start on ${backend}: ${messageOf(error)}; reload the page`,
    );
  }
}

/** LiteRT.js prints what it does; only what went wrong is worth a line in the console. */
function reportErrors(line: string): void {
  if (line.startsWith('ERROR')) console.error(line);
}

function limitThreads(): void {
  const n_threads = Math.min(navigator.hardwareConcurrency, MAX_THREADS);
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: n_threads, configurable: true });
}

/** One network, ready to run. */
export class Network<Name extends string> {
  private constructor(
    private readonly model: CompiledModel,
    private readonly shape: number[],
    private readonly wanted: readonly Name[],
  ) {}

  /**
   * Compiles a network with one square image as its input, and runs it once. What a GPU answers is compared with
   * WebAssembly's answer first: LiteRT.js 2.5 says nothing when it computes a network wrongly.
   */
  static async compile<Name extends string>(
    bytes: Uint8Array,
    side: number,
    wanted: readonly Name[],
    backend: NetworkBackend,
  ): Promise<Network<Name>> {
    const on = async (accelerator: 'webgpu' | 'wasm'): Promise<Network<Name>> => {
      // The same numbers as everywhere else come before speed.
      const options = { accelerator, gpuOptions: { precision: 'fp32' } } as const;
      return new Network(await loadAndCompile(bytes, options), [1, side, side, 3], wanted);
    };
    try {
      const picture = testPicture(side);
      const reference = await on('wasm');
      const expected = await reference.run(picture);
      if (backend !== 'webgpu') return reference;
      const network = await on('webgpu');
      const answers = await network.run(picture);
      reference.model.delete();
      const wrong = wanted.find((name) => !isNear(answers[name], expected[name]));
      if (wrong === undefined) return network;
      throw new Error(`the GPU computes \`${wrong}\` wrongly`);
    } catch (error) {
      throw new EngineError(
        'network',
        `a pose network cannot run on ${backend}: ${messageOf(error)}`,
      );
    }
  }

  /** Runs on one input, which is copied. */
  async run(input: Float32Array): Promise<Record<Name, Float32Array>> {
    const tensor = new Tensor(input, this.shape);
    try {
      const outputs = await this.model.run({ [this.inputName()]: tensor });
      const answers = {} as Record<Name, Float32Array>;
      for (const name of this.wanted) {
        const data = await outputs[name]?.data();
        if (!(data instanceof Float32Array))
          throw new EngineError(
            'network',
            `the network has no output \`${name}\`; rebuild the site`,
          );
        answers[name] = data;
      }
      for (const output of Object.values(outputs)) output.delete();
      return answers;
    } catch (error) {
      // A GPU that went away, most likely; the page then leaves this backend out.
      throw new EngineError('network', `a pose network stopped: ${messageOf(error)}`);
    } finally {
      tensor.delete();
    }
  }

  private inputName(): string {
    return this.model.getInputDetails()[0]?.name ?? 'input_1';
  }
}

/** Something to compare two backends by: soft stripes, different in each color. */
function testPicture(side: number): Float32Array {
  const value = (_: unknown, index: number): number =>
    0.5 + 0.5 * Math.sin(index / 97 + (index % 3) + Math.floor(index / (side * 3)) / 11);
  return Float32Array.from({ length: side * side * 3 }, value);
}

/** How far two backends may be apart, of the largest number. Working ones differ by less than a thousandth. */
const NEAR = 0.01;

export function isNear(answer: Float32Array, expected: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    answer.length === expected.length &&
    answer.every((value, index) => Math.abs(value - (expected[index] ?? NaN)) <= NEAR * largest)
  );
}
