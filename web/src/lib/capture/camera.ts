// Cameras: which there are, opening one, its frames with their times, and every way that can go wrong.
//
// What one would get wrong: a frame's time is the camera's own (`mediaTime`), not the clock's, so that a slow page does
// not make a movement look slow. And a hidden page gets no frames at all: the set waits.
import { closestFailure, explain } from './failures';
import { CameraError, type CameraChoice, type CameraOptions, type CameraSession } from './types';

const IDEAL = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** The cameras of this device. Names are only known once the user has allowed one. */
export async function listCameras(): Promise<CameraChoice[]> {
  const devices = await mediaDevices()?.enumerateDevices();
  const cameras = (devices ?? []).filter((device) => device.kind === 'videoinput');
  return cameras
    .filter((camera) => camera.deviceId !== '')
    .map((camera, index) => ({
      id: camera.deviceId,
      label: camera.label || `Camera ${index + 1}`,
    }));
}

/** Calls back when a camera was plugged in or out. Answers with how to stop. */
export function onCamerasChanged(listener: () => void): () => void {
  const devices = mediaDevices();
  devices?.addEventListener('devicechange', listener);
  return () => devices?.removeEventListener('devicechange', listener);
}

/** Opens the chosen camera; where it is gone, whichever faces the user. */
export async function openCamera({ device_id }: CameraOptions): Promise<CameraSession> {
  const devices = mediaDevices();
  if (!devices) throw explain(globalThis.isSecureContext ? 'unsupported' : 'insecure');
  const open = (video: MediaTrackConstraints): Promise<MediaStream> =>
    devices.getUserMedia({ video: { ...IDEAL, ...video }, audio: false });
  const facing: MediaTrackConstraints = { facingMode: { ideal: 'user' } };
  let stream: MediaStream;
  try {
    stream = await open(device_id ? { deviceId: { exact: device_id } } : facing).catch(
      (error: unknown) => {
        const gone = device_id && closestFailure(error) === 'absent';
        if (gone) return open(facing);
        throw error;
      },
    );
  } catch (error) {
    throw explain(closestFailure(error));
  }
  const [track] = stream.getVideoTracks();
  if (!track) throw explain('absent');
  const video = await playing(stream);
  return new Camera(stream, track, video);
}

class Camera implements CameraSession {
  readonly device_id: string | null;
  readonly mirrored: boolean;
  readonly #lost = new Set<() => void>();
  readonly #end = new AbortController();

  constructor(
    readonly stream: MediaStream,
    track: MediaStreamTrack,
    private readonly video: HTMLVideoElement,
  ) {
    const { deviceId, facingMode } = track.getSettings();
    this.device_id = deviceId ?? null;
    // A laptop's camera says nothing; it faces the user.
    this.mirrored = facingMode !== 'environment';
    const { signal } = this.#end;
    track.addEventListener('ended', () => this.#tellLost(), { signal });
    // Another program, or the system, took the camera; on phones it usually comes back by itself.
    let muted: ReturnType<typeof setTimeout> | undefined;
    track.addEventListener(
      'mute',
      () => {
        muted = setTimeout(() => {
          if (!document.hidden) this.#tellLost();
        }, MUTED_FOR_GOOD_MS);
      },
      { signal },
    );
    track.addEventListener('unmute', () => clearTimeout(muted), { signal });
    // Safari stops an element that is not in the page when the page is hidden.
    document.addEventListener(
      'visibilitychange',
      () => {
        if (!document.hidden) video.play().catch(() => this.#tellLost());
      },
      { signal },
    );
  }

  /** As it is now: turning a phone turns its pictures. */
  get width(): number {
    return this.video.videoWidth;
  }
  get height(): number {
    return this.video.videoHeight;
  }

  frames(onFrame: (frame: VideoFrame | ImageBitmap, ts_ms: number) => void): () => void {
    return eachFrame(this.video, onFrame);
  }

  onLost(listener: () => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  stop(): void {
    this.#end.abort();
    this.#lost.clear();
    for (const track of this.stream.getTracks()) track.stop();
    this.video.srcObject = null;
  }

  #tellLost(): void {
    for (const listener of this.#lost) listener();
  }
}

const MUTED_FOR_GOOD_MS = 3000;

/** A video element, not in the page, that shows the stream. */
async function playing(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  // Without it an iPhone opens its own player.
  video.playsInline = true;
  video.srcObject = stream;
  try {
    await video.play();
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw new CameraError('busy', `the camera gives no picture: ${String(error)}`);
  }
  return video;
}

/** Calls back with each new frame of a playing video. */
function eachFrame(
  video: HTMLVideoElement,
  onFrame: (frame: VideoFrame | ImageBitmap, ts_ms: number) => void,
): () => void {
  let stopped = false;
  let cancel: () => void;
  let last_ms = -1;
  const next = (): void => {
    if ('requestVideoFrameCallback' in video) {
      const id = video.requestVideoFrameCallback((_now, frame) => take(frame.mediaTime * 1000));
      cancel = () => video.cancelVideoFrameCallback(id);
    } else {
      const id = requestAnimationFrame(() => take(videoTime(video)));
      cancel = () => cancelAnimationFrame(id);
    }
  };
  const take = (ts_ms: number): void => {
    next();
    // Without a frame callback, the screen may ask more often than the camera answers.
    if (ts_ms <= last_ms || video.videoWidth === 0) return;
    last_ms = ts_ms;
    if (typeof VideoFrame !== 'undefined') {
      onFrame(new VideoFrame(video, { timestamp: ts_ms * 1000 }), ts_ms);
      return;
    }
    createImageBitmap(video).then(
      (bitmap) => (stopped ? bitmap.close() : onFrame(bitmap, ts_ms)),
      () => undefined,
    );
  };
  next();
  return () => {
    stopped = true;
    cancel();
  };
}

function videoTime(video: HTMLVideoElement): number {
  return video.currentTime * 1000;
}

function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}
