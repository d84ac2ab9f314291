// Frames in, one person's landmarks out: the loop of `vision::PersonPoser`, with LiteRT.js as the networks.
import type { NetworkBackend } from './backend';
import { download, type EngineFiles, type OnBytes } from './downloads';
import type { EngineModule, PersonTracker, TrackStep } from './engine-module';
import { EngineError, messageOf } from './failure';
import type { WorkerTimings } from './messages';
import { lookedAtSize, PixelCopier, shownSize } from './pixels';
import { loadRuntime, Network } from './runtime';
import type { LoadProgress, NetworkName } from './types';

// TFLite's names: what the detector gives, and landmarks, presence, heatmap, world landmarks.
const DETECTOR_OUTPUTS = ['Identity', 'Identity_1'] as const;
const LANDMARK_OUTPUTS = ['Identity', 'Identity_1', 'Identity_3', 'Identity_4'] as const;
const DETECTOR_SIDE = 224;
const LANDMARK_SIDE = 256;

/** What was seen in one frame: 33 × 4 and 33 × 3 numbers, or none. */
export interface Sight {
  landmarks: Float64Array;
  world: Float64Array;
  width: number;
  height: number;
  timings: Omit<WorkerTimings, 'engine_ms'>;
}

export class Seer {
  readonly #copier = new PixelCopier();
  #tracker: PersonTracker;

  private constructor(
    private readonly engine: EngineModule,
    private readonly detector: Network<(typeof DETECTOR_OUTPUTS)[number]>,
    private readonly landmarks: Network<(typeof LANDMARK_OUTPUTS)[number]>,
  ) {
    this.#tracker = new engine.exports.PersonTracker();
  }

  static async load(
    origin: string,
    files: EngineFiles,
    engine: EngineModule,
    backend: NetworkBackend,
    network: NetworkName,
    onProgress: (stage: LoadProgress['stage']) => OnBytes,
  ): Promise<Seer> {
    await loadRuntime(origin, files, backend, onProgress('runtime'));
    const fetched = (name: string, stage: LoadProgress['stage']) => {
      const path = `/networks/${name}.tflite`;
      return download(origin, path, files[path], onProgress(stage));
    };
    const detector = await fetched('pose_detection', 'detector');
    const landmarks = await fetched(`pose_landmark_${network}`, 'landmarks');
    onProgress('warm-up')(0, 0);
    return new Seer(
      engine,
      // Never on a GPU: its sparse weights come out wrong there, and it runs only while nobody is followed.
      await Network.compile(
        detector,
        DETECTOR_SIDE,
        DETECTOR_OUTPUTS,
        backend === 'webgpu' ? 'wasm' : backend,
      ),
      await Network.compile(landmarks, LANDMARK_SIDE, LANDMARK_OUTPUTS, backend),
    );
  }

  /** Forgets whom it followed. */
  reset(): void {
    this.#tracker.free();
    this.#tracker = new this.engine.exports.PersonTracker();
  }

  async see(frame: VideoFrame | ImageBitmap, ts_ms: number): Promise<Sight> {
    const tracker = this.#tracker;
    const size = lookedAtSize(shownSize(frame));
    let mark = performance.now();
    const lap = (): number => -(mark - (mark = performance.now()));
    try {
      const start = tracker.frame_buffer(size.width, size.height);
      const n_bytes = size.width * size.height * 4;
      await this.#copier.copy(
        frame,
        size,
        () => new Uint8Array(this.engine.memory.buffer, start, n_bytes),
      );
    } catch (error) {
      throw new EngineError('frame', `a camera picture could not be read: ${messageOf(error)}`);
    }
    const capture_ms = lap();
    let [preprocess_ms, detect_ms, landmarks_ms] = [0, 0, 0];
    let [n_detections, n_looks] = [0, 0];
    let step: TrackStep = tracker.begin(ts_ms);
    while (step === 'detect' || step === 'look') {
      preprocess_ms += lap();
      if (step === 'detect') {
        const found = await this.detector.run(this.#input());
        detect_ms += lap();
        n_detections += 1;
        step = tracker.detected(found.Identity, found.Identity_1);
      } else {
        const found = await this.landmarks.run(this.#input());
        landmarks_ms += lap();
        n_looks += 1;
        step = tracker.looked(found.Identity, found.Identity_1, found.Identity_3, found.Identity_4);
      }
    }
    preprocess_ms += lap();
    return {
      landmarks: tracker.landmarks(),
      world: tracker.world(),
      ...size,
      timings: {
        capture_ms,
        preprocess_ms,
        detect_ms: n_detections > 0 ? detect_ms : null,
        landmarks_ms: n_looks > 0 ? landmarks_ms : null,
      },
    };
  }

  /** The network's input, which is copied before the engine runs again. */
  #input(): Float32Array {
    const { buffer } = this.engine.memory;
    return new Float32Array(buffer, this.#tracker.input(), this.#tracker.input_length());
  }
}
