import { describe, expect, it } from 'vitest';

import { type AdapterLike, chooseBackend, type NetworkBackend, type Surroundings } from './backend';

const gpu = (adapter: AdapterLike | null): Surroundings['gpu'] => ({
  requestAdapter: () => Promise.resolve(adapter),
});
const laptop: Surroundings = { gpu: gpu({ info: {} }), crossOriginIsolated: true, n_cores: 8 };

async function check(
  here: Partial<Surroundings>,
  avoid: NetworkBackend[],
  expected: [NetworkBackend, string],
): Promise<void> {
  const choice = await chooseBackend({ ...laptop, ...here }, new Set(avoid));
  expect(choice.backend).toBe(expected[0]);
  expect(choice.reason).toContain(expected[1]);
}

describe('what the networks run on', () => {
  it('is the GPU where there is a real one', async () => {
    await check({}, [], ['webgpu', 'GPU']);
    await check({ gpu: undefined }, [], ['wasm-threads', 'no WebGPU']);
    await check({ gpu: gpu(null) }, [], ['wasm-threads', 'found no GPU']);
    await check(
      { gpu: gpu({ info: { isFallbackAdapter: true } }) },
      [],
      ['wasm-threads', 'software'],
    );
    await check(
      { gpu: gpu({ info: { architecture: 'swiftshader' } }) },
      [],
      ['wasm-threads', 'software'],
    );
    await check(
      { gpu: { requestAdapter: () => Promise.reject(new Error('lost')) } },
      [],
      ['wasm-threads', 'found no GPU'],
    );
  });

  it('is one thread where there can be no more', async () => {
    await check({ gpu: undefined, crossOriginIsolated: false }, [], ['wasm', 'COOP and COEP']);
    await check({ gpu: undefined, n_cores: 1 }, [], ['wasm', 'one core']);
  });

  it('is not what failed before', async () => {
    await check({}, ['webgpu'], ['wasm-threads', 'failed']);
    await check({}, ['webgpu', 'wasm-threads'], ['wasm', 'threads failed']);
  });
});
