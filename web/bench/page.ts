// What the bench runs inside the browser. `engine.mjs` calls these functions and prints what they answer.
import { openCamera } from '$lib/capture/camera';
import { openRecording } from '$lib/capture/recording';
import { createEngine } from '$lib/engine/client';
import type { Backend, EngineClient, NetworkName, StageTimings } from '$lib/engine/types';

interface Wanted {
  backend: Exclude<Backend, 'server' | 'none'> | 'auto';
  network: NetworkName;
  exercise: string;
}
interface Measured {
  backend: string;
  reason: string;
  load_ms: number;
  frames: StageTimings[];
  n_people: number;
  n_reps: number;
  elapsed_ms: number;
  size: string;
}

async function loaded({ backend, network }: Wanted): Promise<[EngineClient, number]> {
  const engine = createEngine();
  const begin = performance.now();
  await engine.load({ network, networks: true, ...(backend === 'auto' ? {} : { backend }) });
  return [engine, performance.now() - begin];
}

/** The first frames of a video file, one after the other, as fast as they go. */
async function file(url: string, wanted: Wanted, n_frames: number): Promise<Measured> {
  const [engine, load_ms] = await loaded(wanted);
  const recording = await openRecording(await (await fetch(url)).blob());
  const { width, height } = recording.info;
  engine.start({ type: 'start', exercise_id: wanted.exercise, width, height });
  const frames: StageTimings[] = [];
  let n_people = 0;
  engine.onTick((_tick, pose, timings) => {
    frames.push(timings);
    n_people += pose ? 1 : 0;
  });
  const enough = new AbortController();
  const begin = performance.now();
  const see = async (frame: VideoFrame, ts_ms: number): Promise<void> => {
    await engine.pushFrameAndWait(frame, ts_ms);
    if (frames.length >= n_frames) enough.abort();
  };
  await recording.frames(see, { signal: enough.signal }).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  const elapsed_ms = performance.now() - begin;
  const n_reps = (await engine.finish()).analysis.reps;
  const { backend, backend_reason: reason } = engine;
  engine.dispose();
  recording.close();
  const size = `${width}×${height}`;
  return { backend, reason, load_ms, frames, n_people, n_reps, elapsed_ms, size };
}

/** Where the landmarks of the first frames are: time, and 33 × x, y, z, visibility, or none. */
async function landmarks(
  url: string,
  network: NetworkName,
  n_frames: number,
): Promise<{ t_ms: number; lm: number[] }[]> {
  const [engine] = await loaded({ backend: 'auto', network, exercise: 'squat' });
  const recording = await openRecording(await (await fetch(url)).blob());
  const { width, height } = recording.info;
  engine.start({ type: 'start', exercise_id: 'squat', width, height });
  const seen: { t_ms: number; lm: number[] }[] = [];
  engine.onTick((tick, pose) => {
    seen.push({ t_ms: tick.ts_ms, lm: Array.from(pose?.landmarks ?? []) });
  });
  const enough = new AbortController();
  const see = async (frame: VideoFrame, ts_ms: number): Promise<void> => {
    await engine.pushFrameAndWait(frame, ts_ms);
    if (seen.length >= n_frames) enough.abort();
  };
  await recording.frames(see, { signal: enough.signal }).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  engine.dispose();
  recording.close();
  return seen;
}

/** The camera, through the whole page path, while the page paints as the live screen does. */
async function live(wanted: Wanted, seconds: number): Promise<Measured & { n_painted: number }> {
  const [engine, load_ms] = await loaded(wanted);
  const camera = await openCamera({ device_id: null });
  const { width, height } = camera;
  const canvas = document.createElement('canvas');
  const video = document.createElement('video');
  document.body.append(video, canvas);
  video.muted = true;
  video.srcObject = camera.stream;
  await video.play();
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  engine.start({ type: 'start', exercise_id: wanted.exercise, width, height });
  const frames: StageTimings[] = [];
  let [n_people, n_reps, n_painted] = [0, 0, 0];
  let points = new Float64Array();
  engine.onTick((tick, pose, timings) => {
    frames.push(timings);
    n_people += pose ? 1 : 0;
    n_reps = tick.rep_count;
    points = new Float64Array(pose?.landmarks ?? []);
  });
  const begin = performance.now();
  const stop = camera.frames((frame, ts_ms) => engine.pushFrame(frame, ts_ms));
  await new Promise<void>((resolve) => {
    const paint = (): void => {
      n_painted += 1;
      context?.clearRect(0, 0, width, height);
      for (let at = 0; at + 1 < points.length; at += 4)
        context?.fillRect((points[at] ?? 0) * width, (points[at + 1] ?? 0) * height, 6, 6);
      if (performance.now() - begin < seconds * 1000) requestAnimationFrame(paint);
      else resolve();
    };
    requestAnimationFrame(paint);
  });
  const elapsed_ms = performance.now() - begin;
  stop();
  camera.stop();
  const { backend, backend_reason: reason } = engine;
  engine.dispose();
  document.body.replaceChildren();
  const size = `${width}×${height}`;
  return { backend, reason, load_ms, frames, n_people, n_reps, elapsed_ms, size, n_painted };
}

interface MediaPipePose {
  setOptions(options: object): void;
  onResults(listener: (results: { poseLandmarks?: unknown[] }) => void): void;
  initialize(): Promise<void>;
  send(input: { image: HTMLCanvasElement }): Promise<void>;
  close(): Promise<void>;
}

/** MediaPipe's own JavaScript solution on the same frames. Its script and networks are served under `folder`. */
async function mediapipe(
  url: string,
  folder: string,
  network: NetworkName,
  n_frames: number,
): Promise<{ frames_ms: number[]; n_people: number }> {
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: `${folder}/pose.js` });
    script.onload = resolve;
    script.onerror = () => reject(new Error('pose.js could not be loaded'));
    document.head.append(script);
  });
  const { Pose } = window as unknown as { Pose: new (options: object) => MediaPipePose };
  const pose = new Pose({ locateFile: (name: string) => `${folder}/${name}` });
  pose.setOptions({ modelComplexity: network === 'lite' ? 0 : 1, smoothLandmarks: true });
  let n_people = 0;
  pose.onResults((results) => (n_people += results.poseLandmarks ? 1 : 0));
  await pose.initialize();
  const recording = await openRecording(await (await fetch(url)).blob());
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [recording.info.width, recording.info.height];
  const context = canvas.getContext('2d');
  const frames_ms: number[] = [];
  const enough = new AbortController();
  const see = async (frame: VideoFrame): Promise<void> => {
    const begin = performance.now();
    context?.drawImage(frame, 0, 0);
    frame.close();
    await pose.send({ image: canvas });
    frames_ms.push(performance.now() - begin);
    if (frames_ms.length >= n_frames) enough.abort();
  };
  await recording.frames(see, { signal: enough.signal }).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  await pose.close();
  recording.close();
  return { frames_ms, n_people };
}

const bench = { file, landmarks, live, mediapipe };
export type Bench = typeof bench;
Object.assign(window, { bench });
