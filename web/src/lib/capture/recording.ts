// A recorded video file: every frame, in order, with its own time, as fast as it is wanted. Nothing leaves the page.
//
// Decoded with the browser's own decoder (WebCodecs); mediabunny takes the file apart. Loaded only when it is needed.
import type { VideoSample, VideoSampleSink as Sink } from 'mediabunny';

export interface RecordingInfo {
  /** As shown: upright, with square pixels. */
  width: number;
  height: number;
  duration_ms: number;
}

export interface Recording {
  readonly info: RecordingInfo;
  /** Calls back with each frame, waits for the answer, and goes on. The callee closes the frame. */
  frames(
    onFrame: (frame: VideoFrame, ts_ms: number) => Promise<unknown>,
    options: { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<void>;
  close(): void;
}

/** A file that cannot be read, and what to do. */
export class RecordingError extends Error {
  override name = 'RecordingError';
}

const REMEDY = 'save it as MP4 (H.264) or WebM (VP9) and try again';

export async function openRecording(file: Blob): Promise<Recording> {
  if (typeof VideoDecoder === 'undefined')
    throw new RecordingError(
      'this browser cannot take videos apart; use a current Chrome, Edge, Firefox or Safari',
    );
  const { ALL_FORMATS, BlobSource, Input, VideoSampleSink } = await import('mediabunny');
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack().catch(() => {
      throw new RecordingError(`the file is no video that can be read; ${REMEDY}`);
    });
    if (!track) throw new RecordingError('there is no picture in this file; choose a video');
    if (!(await track.canDecode()))
      throw new RecordingError(
        `this browser cannot decode the video (${(await track.getCodec()) ?? 'unknown codec'}); ${REMEDY}`,
      );
    const info = {
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      duration_ms: (await input.computeDuration()) * 1000,
    };
    const turned =
      (await track.getRotation()) !== 0 ? new OffscreenCanvas(info.width, info.height) : null;
    return new FileRecording(info, new VideoSampleSink(track), turned, () => input.dispose());
  } catch (error) {
    input.dispose();
    throw error;
  }
}

class FileRecording implements Recording {
  constructor(
    readonly info: RecordingInfo,
    private readonly sink: Sink,
    /** Where frames of a video that was filmed upright on a phone are turned; decoders do not. */
    private readonly turned: OffscreenCanvas | null,
    readonly close: () => void,
  ) {}

  async frames(
    onFrame: (frame: VideoFrame, ts_ms: number) => Promise<unknown>,
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<void> {
    let first_ms: number | null = null;
    for await (const sample of this.sink.samples()) {
      try {
        signal?.throwIfAborted();
        // Many files do not begin at zero; the native decoder counts from the first frame, too.
        first_ms ??= sample.timestamp * 1000;
        const ts_ms = sample.timestamp * 1000 - first_ms;
        await onFrame(this.#upright(sample), ts_ms);
        onProgress?.(Math.min(1, ts_ms / this.info.duration_ms));
      } finally {
        sample.close();
      }
    }
    onProgress?.(1);
  }

  #upright(sample: VideoSample): VideoFrame {
    const context = this.turned?.getContext('2d', { alpha: false });
    if (!this.turned || !context) return sample.toVideoFrame();
    sample.draw(context, 0, 0, this.info.width, this.info.height);
    return new VideoFrame(this.turned, { timestamp: sample.microsecondTimestamp });
  }
}
