// Why there is no picture: the browser's many errors as our few reasons, each with its way out.
import { CameraError, type CameraFailure } from './types';

const REASONS: Record<CameraFailure, string> = {
  denied:
    'the page may not use the camera; allow it in the address bar or in the system settings, then try again',
  absent: 'there is no camera; connect one, or analyze a video file',
  busy: 'another program uses the camera; close it, then try again',
  insecure: 'cameras need a secure page; open it with https, or on this machine as localhost',
  unsupported: 'this browser has no camera access; use a current Chrome, Firefox, Edge or Safari',
  lost: 'the camera went away; connect it again',
};

/** `getUserMedia`'s errors, by the names that browsers give them. */
export function closestFailure(error: unknown): CameraFailure {
  if (error instanceof CameraError) return error.reason;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    case 'SecurityError':
      return 'insecure';
    default:
      return 'unsupported';
  }
}

export function explain(reason: CameraFailure): CameraError {
  return new CameraError(reason, REASONS[reason]);
}
