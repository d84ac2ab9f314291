// What the engine is fed with: the frames of a camera, or a recording. Opens and closes the camera, which outlives a set.
import type { CameraSession } from '$lib/capture/types';
import type { EngineClient, RecordedPose } from '$lib/engine/types';

/** Recorded landmarks in place of a camera. */
export interface Recording {
  kind: 'demo';
  poses: RecordedPose[];
  width: number;
  height: number;
  /** 1 is its own pace, 0 as fast as it goes. */
  speed: number;
}

export type Source = { kind: 'camera' } | Recording;

export class Feed {
  camera = $state.raw<CameraSession | null>(null);
  #openCamera: (deviceId: string | null) => Promise<CameraSession>;
  #onLost: () => void;
  #opening: Promise<CameraSession> | null = null;
  #stop: (() => void) | null = null;

  /** `onLost` is called when the camera goes away by itself. */
  constructor(openCamera: (deviceId: string | null) => Promise<CameraSession>, onLost: () => void) {
    this.#openCamera = openCamera;
    this.#onLost = onLost;
  }

  async open(deviceId: string | null): Promise<void> {
    if (this.camera) return;
    const opening = (this.#opening ??= this.#openCamera(deviceId));
    let camera: CameraSession;
    try {
      camera = await opening;
    } catch (error) {
      if (this.#opening === opening) this.#opening = null;
      throw error;
    }
    if (this.camera === camera) return;
    // Nobody wants it any more, although it was allowed in the end.
    if (this.#opening !== opening) return camera.stop();
    this.#opening = null;
    camera.onLost(() => {
      if (this.camera === camera) this.#onLost();
    });
    this.camera = camera;
  }

  /** Hands the camera's frames over until `stop`. */
  film(engine: EngineClient): void {
    this.#stop = this.camera?.frames((frame, ts_ms) => engine.pushFrame(frame, ts_ms)) ?? null;
  }

  /** Plays a recording. Answers whether it came to its end; otherwise it was stopped. */
  async play(engine: EngineClient, recording: Recording): Promise<boolean> {
    const stopped = new AbortController();
    this.#stop = () => stopped.abort();
    try {
      await engine.feedPoses(recording.poses, { ...recording, signal: stopped.signal });
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
    }
    return !stopped.signal.aborted;
  }

  /** The engine gets nothing more; the camera stays open for the next set. */
  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  close(): void {
    this.stop();
    this.#opening = null;
    this.camera?.stop();
    this.camera = null;
  }
}
