// Cameras and video files as the page sees them.

/** Why there is no picture, each with its own way out. */
export type CameraFailure = 'denied' | 'absent' | 'busy' | 'insecure' | 'unsupported' | 'lost';

export class CameraError extends Error {
  constructor(
    readonly reason: CameraFailure,
    message: string,
  ) {
    super(message);
    this.name = 'CameraError';
  }
}

export interface CameraChoice {
  id: string;
  label: string;
}

export interface CameraOptions {
  /** Null: whichever faces the user. */
  device_id: string | null;
}

/** An open camera. */
export interface CameraSession {
  readonly stream: MediaStream;
  readonly width: number;
  readonly height: number;
  /** The picture shows the user from the front, so it is mirrored on screen. */
  readonly mirrored: boolean;
  readonly device_id: string | null;
  /** Calls back with each new frame; the callee owns and closes it. Answers with how to stop. */
  frames(onFrame: (frame: VideoFrame | ImageBitmap, ts_ms: number) => void): () => void;
  onLost(listener: () => void): () => void;
  stop(): void;
}
