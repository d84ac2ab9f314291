// The engine as the page sees it: what goes in, what comes out, and the client that talks to the worker.
//
// The message shapes are those of the crate `wire`, module `live`, byte for byte as over the WebSocket: names stay in
// snake case. Nothing here imports anything but shapes, so that the worker, the page and tests can all use it.

import type * as wire from '$lib/wire/schema';
import type { Told } from '$lib/wire/told';

export type StandardName = 'default' | 'strict';
export type Phase = 'up' | 'down' | 'hold' | 'rest' | 'unknown';
export type Stage = 'placing' | 'ready' | 'working' | 'resting' | 'paused' | 'ended';
export type Severity = wire.Severity;
export type RepSide = wire.RepSide;

/** Opens a set. `auto` recognizes the exercise. */
export interface StartMessage {
  type: 'start';
  exercise_id?: string;
  width?: number;
  height?: number;
  standard?: StandardName;
  /** Wait until the start position is held. */
  hands_free?: boolean;
  height_cm?: number;
  /** What cues, names and the report are told in; English without it. */
  language?: 'en' | 'de';
  session?: string;
}

/** The one thing to say now. */
export type Cue = Told<wire.Cue>;
/** A finished cycle, told once, in the tick that completes it. */
export type LiveRep = Told<wire.LiveRep>;
/** What the engine says about one frame. */
export type Tick = Told<wire.Tick> & { type: 'tick'; phase: Phase; stage: Stage };

export interface ErrorMessage {
  type: 'error';
  field: string;
  message: string;
}

export type ScoreParts = Told<wire.ScoreParts>;
export type ReportRep = Told<wire.Rep>;
export type Issue = Told<wire.Issue>;
/** The report of a set. */
export type Analysis = Told<wire.Analysis>;

/** What `finish` answers. `figures` is the worst repetition's replay, as the engine draws it. */
export interface ReportMessage {
  type: 'report';
  analysis: Analysis;
  figures: unknown;
}

/** One person in one frame: 33 points of x, y, z, visibility, normalized to the picture. Nobody: an empty array. */
export interface PoseSample {
  ts_ms: number;
  /** 33 × 4, or empty. */
  landmarks: Float64Array;
  width: number;
  height: number;
}

/** A line of a recorded landmark stream; a frame with nobody has neither list. */
export interface RecordedPose {
  t_ms: number;
  lm?: number[][];
  world?: number[][];
}

/** Where one frame's milliseconds went. */
export interface StageTimings {
  /** Reading the frame's pixels. */
  capture_ms: number;
  /** What the engine does around the networks: cutting out, reading answers, smoothing. */
  preprocess_ms: number;
  detect_ms: number | null;
  landmarks_ms: number | null;
  engine_ms: number;
  /** From the frame's capture to the tick's arrival in the page. */
  total_ms: number;
  /** Frames dropped since the last tick because a newer one came. */
  dropped: number;
}

export type NetworkName = 'lite' | 'full';
export type Backend = 'webgpu' | 'wasm-threads' | 'wasm' | 'server' | 'none';
/** Where frames are looked at. `server` means that they leave the page, which the person must have agreed to. */
export type Seeing = 'device' | 'server';

export interface LoadProgress {
  stage: 'engine' | 'server' | 'runtime' | 'detector' | 'landmarks' | 'warm-up' | 'ready';
  loaded_bytes: number;
  /** 0 where the server does not say. */
  total_bytes: number;
}

export interface LoadOptions {
  network: NetworkName;
  /** False for recorded landmarks: only the engine is loaded, no networks. */
  networks: boolean;
  /** Only this one, for measurements; otherwise the best there is. */
  backend?: Exclude<Backend, 'server' | 'none'>;
  /** `device` unless the person agreed to send frames to the server. */
  seeing?: Seeing;
  onProgress?: (progress: LoadProgress) => void;
}

/** The engine in its worker. One set at a time; `start` begins another. */
export interface EngineClient {
  /** Loads what is needed; a second call with the same options answers at once. */
  load(options: LoadOptions): Promise<void>;
  /** What the networks run on, after `load`. */
  readonly backend: Backend;
  /** Why that, and nothing faster. */
  readonly backend_reason: string;
  /** `references`: the user's own, as `GET /api/v1/references` lists them. */
  start(start: StartMessage, references?: string | null): void;
  /** Hands a frame over (and gives it up: the client closes it). Latest frame wins. */
  pushFrame(frame: VideoFrame | ImageBitmap, ts_ms: number): void;
  /** As `pushFrame`, but waits for its tick, so that no frame of a recording is skipped. */
  pushFrameAndWait(frame: VideoFrame | ImageBitmap, ts_ms: number): Promise<Tick>;
  /** Replays recorded landmarks at their own pace (`speed` 1) or as fast as it goes (`speed` 0). */
  feedPoses(
    poses: RecordedPose[],
    options: { width: number; height: number; speed: number; signal?: AbortSignal },
  ): Promise<void>;
  onTick(
    listener: (tick: Tick, pose: PoseSample | null, timings: StageTimings) => void,
  ): () => void;
  onError(listener: (error: ErrorMessage) => void): () => void;
  pause(): void;
  resume(): void;
  finish(): Promise<ReportMessage>;
  dispose(): void;
}
