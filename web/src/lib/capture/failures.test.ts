import { describe, expect, it } from 'vitest';

import { closestFailure, explain } from './failures';
import type { CameraFailure } from './types';

const named = (name: string): Error => Object.assign(new Error('x'), { name });

describe('why there is no picture', () => {
  it.each<[string, CameraFailure]>([
    ['NotAllowedError', 'denied'],
    ['PermissionDeniedError', 'denied'],
    ['NotFoundError', 'absent'],
    ['OverconstrainedError', 'absent'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['SecurityError', 'insecure'],
    ['TypeError', 'unsupported'],
  ])('%s means %s', (name, expected) => {
    expect(closestFailure(named(name))).toBe(expected);
  });

  it('keeps a reason that is already known, and says what to do', () => {
    const error = explain('insecure');
    expect(closestFailure(error)).toBe('insecure');
    expect(error.message).toContain('https');
    expect(closestFailure('nonsense')).toBe('unsupported');
  });
});
