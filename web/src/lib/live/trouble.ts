// What keeps a visit from having a set, and which errors are that bad.
import type { CameraFailure } from '$lib/capture/types';

export type Trouble = CameraFailure | 'engine' | 'server';

/** Where errors come from after which there is no set: the engine gave up, or refused to begin. */
const STOPPED: readonly string[] = [
  ...['load', 'network', 'server', 'engine'],
  ...['exercise_id', 'standard', 'type'],
];

const CAMERA_FAILURES: readonly string[] = [
  'denied',
  'absent',
  'busy',
  'insecure',
  'unsupported',
  'lost',
] satisfies CameraFailure[];

/** Whether the engine has stopped. A frame or a message that was refused costs itself only. */
export function stopsSet(field: string): boolean {
  return STOPPED.includes(field);
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Error && 'field' in error && error.field === 'server') return 'server';
  const reason: unknown = error instanceof Error && 'reason' in error ? error.reason : null;
  return typeof reason === 'string' && CAMERA_FAILURES.includes(reason)
    ? (reason as CameraFailure)
    : 'engine';
}
