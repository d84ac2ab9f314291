// What the page and the engine's worker say to each other. Everything but the frames and the numbers is small.
import type { NetworkBackend } from './backend';
import type { Place } from './failure';
import type {
  Backend,
  ErrorMessage,
  LoadProgress,
  NetworkName,
  ReportMessage,
  Seeing,
  StageTimings,
  StartMessage,
  Tick,
} from './types';

/** What was seen in one frame, as the engine gets it: 33 × 4 and 33 × 3 numbers, or none. */
export interface SeenPose {
  ts_ms: number;
  landmarks: Float32Array;
  world: Float32Array;
}

/** What happened to a set so far; played again, it gives the same count. */
export type SetEvent = SeenPose | 'pause' | 'resume';

export type ToWorker =
  | {
      kind: 'load';
      network: NetworkName;
      networks: boolean;
      seeing: Seeing;
      /** Only this backend, for measurements. */
      backend: NetworkBackend | null;
      avoid: NetworkBackend[];
    }
  | { kind: 'start'; start: StartMessage; references: string | null; events: SetEvent[] }
  | { kind: 'frame'; id: number; frame: VideoFrame | ImageBitmap; ts_ms: number }
  | { kind: 'pose'; id: number; pose: SeenPose; width: number; height: number }
  | { kind: 'pause' | 'resume' | 'finish' };

/** Times measured in the worker; the page adds the rest. */
export type WorkerTimings = Omit<StageTimings, 'total_ms' | 'dropped'>;

export type FromWorker =
  | { kind: 'progress'; progress: LoadProgress }
  | { kind: 'loaded'; backend: Backend; reason: string }
  | {
      kind: 'tick';
      id: number;
      /** Nothing when no set is open: frames before a start only warm up. */
      tick: Tick | null;
      /** As the engine was told. */
      told: SeenPose;
      /** As seen in the frame, which may be turned since the set began. */
      landmarks: Float64Array;
      width: number;
      height: number;
      timings: WorkerTimings;
    }
  | { kind: 'report'; report: ReportMessage }
  /** The engine refused what it was told; the worker goes on. */
  | { kind: 'refused'; error: ErrorMessage }
  /** The worker cannot go on. */
  | { kind: 'failed'; field: Place; message: string; backend: NetworkBackend | null };
