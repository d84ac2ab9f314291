// Frames to the person's own server and landmarks back, for devices that cannot run the networks. Used only after the
// person agreed: then, and only then, a picture leaves the page.
//
// One frame is under way at a time, small, as JPEG; the latest wins, because the page offers the next one only after this
// one's answer. The server keeps none. See docs/serving.md for the messages.
import { EngineError, messageOf } from './failure';
import { type Size, shownSize } from './pixels';
import type { Sight } from './seeing';
import type { NetworkName } from './types';
import type { FoundPose, FramesAnswer } from '$lib/wire/schema';

/** What the networks look at is 256 pixels of the person; more of the room helps nobody. */
const LONGEST = 640;
const QUALITY = 0.8;
const N_POINTS = 33;
/** A network that stumbles costs frames, not the set: so long is waited before each further try. */
const RETRY_MS = [500, 2000];

type Frame = VideoFrame | ImageBitmap;

/** What is needed from the browser; tests bring their own. */
export interface Outside {
  socket: () => WebSocket;
  encode: (frame: Frame, size: Size) => Promise<ArrayBuffer>;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

export function browser(origin: string): Outside {
  let canvas: OffscreenCanvas | undefined;
  return {
    socket: () => new WebSocket(new URL('/api/v1/ws/frames', origin.replace(/^http/, 'ws'))),
    encode: async (frame, { width, height }) => {
      if (canvas?.width !== width || canvas.height !== height)
        canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { alpha: false });
      if (!context) throw new Error('this browser gives no canvas to a worker');
      context.drawImage(frame, 0, 0, width, height);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
      return blob.arrayBuffer();
    },
    now: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

interface Waiting {
  resolve: (answer: FramesAnswer) => void;
  reject: (error: EngineError) => void;
}

export class ServerSeer {
  #socket: WebSocket | null = null;
  #waiting: Waiting | null = null;
  /** Whether this connection has followed somebody already. */
  #used = false;

  private constructor(
    private readonly outside: Outside,
    private readonly network: NetworkName,
  ) {}

  /** Connects, so that a server which is busy or has changed its mind is known before the set. */
  static async load(outside: Outside, network: NetworkName): Promise<ServerSeer> {
    const seer = new ServerSeer(outside, network);
    await seer.#connected();
    return seer;
  }

  /** Forgets whom it followed: each connection follows one person. */
  reset(): void {
    if (this.#used) this.rest();
  }

  /** Ends the connection until the next frame. */
  rest(): void {
    this.#gone(new EngineError('server', 'the set was over'));
  }

  async see(frame: Frame, ts_ms: number): Promise<Sight> {
    const { outside } = this;
    const size = sentSize(shownSize(frame));
    const begin = outside.now();
    let jpeg: ArrayBuffer;
    try {
      jpeg = await outside.encode(frame, size);
    } catch (error) {
      throw new EngineError('frame', `a camera picture could not be read: ${messageOf(error)}`);
    }
    const encoded = outside.now();
    const message = new Uint8Array(8 + jpeg.byteLength);
    new DataView(message.buffer).setFloat64(0, ts_ms, true);
    message.set(new Uint8Array(jpeg), 8);
    const pose = poseOf(await this.#ask(message));
    return {
      landmarks: Float64Array.from(pose?.lm.flat() ?? []),
      world: Float64Array.from(pose?.world.flat() ?? []),
      ...size,
      timings: {
        capture_ms: encoded - begin,
        preprocess_ms: 0,
        detect_ms: null,
        landmarks_ms: outside.now() - encoded,
      },
    };
  }

  async #ask(message: Uint8Array<ArrayBuffer>): Promise<FramesAnswer> {
    for (const wait_ms of RETRY_MS)
      try {
        return await this.#askOnce(message);
      } catch {
        await this.outside.sleep(wait_ms);
      }
    return this.#askOnce(message);
  }

  async #askOnce(message: Uint8Array<ArrayBuffer>): Promise<FramesAnswer> {
    const socket = await this.#connected();
    this.#used = true;
    return this.#answerTo(socket, () => socket.send(message));
  }

  async #connected(): Promise<WebSocket> {
    if (this.#socket) return this.#socket;
    const socket = this.outside.socket();
    this.#socket = socket;
    this.#used = false;
    socket.onmessage = (event: MessageEvent<string>) => {
      const waiting = this.#socket === socket ? this.#waiting : null;
      this.#waiting = null;
      waiting?.resolve(JSON.parse(event.data) as FramesAnswer);
    };
    socket.onclose = (event) => {
      const why =
        event.reason || 'the connection to your server was lost, or it looks at no pictures';
      if (this.#socket === socket) this.#gone(new EngineError('server', why));
    };
    const { network } = this;
    const start = { type: 'start', consent: true, width: LONGEST, height: LONGEST, network };
    const answer = await this.#answerTo(socket, () => {
      socket.onopen = () => socket.send(JSON.stringify(start));
    });
    if (answer.type !== 'started') throw this.#refused(answer);
    return socket;
  }

  /** The next answer. There is one question at a time. */
  async #answerTo(socket: WebSocket, ask: () => void): Promise<FramesAnswer> {
    const answer = await new Promise<FramesAnswer>((resolve, reject) => {
      if (this.#socket !== socket) {
        reject(new EngineError('server', 'the connection to your server was lost'));
        return;
      }
      this.#waiting = { resolve, reject };
      ask();
    });
    if (answer.type === 'error') throw this.#refused(answer);
    return answer;
  }

  #refused(answer: FramesAnswer): EngineError {
    const why = answer.type === 'error' ? answer.message : `it said \`${answer.type}\``;
    const error = new EngineError('server', `your server refused: ${why}`);
    this.#gone(error);
    return error;
  }

  #gone(why: EngineError): void {
    const [socket, waiting] = [this.#socket, this.#waiting];
    this.#socket = null;
    this.#waiting = null;
    if (socket) {
      socket.onclose = null;
      socket.close(1000);
    }
    waiting?.reject(why);
  }
}

/** The size that a frame is sent in. */
export function sentSize(shown: Size): Size {
  const shrink = Math.min(1, LONGEST / Math.max(shown.width, shown.height));
  const scaled = (side: number): number => Math.max(16, Math.round(side * shrink));
  return { width: scaled(shown.width), height: scaled(shown.height) };
}

function poseOf(answer: FramesAnswer): FoundPose | null {
  if (answer.type !== 'pose') return null;
  const pose = answer.pose ?? null;
  if (pose && (pose.lm.length !== N_POINTS || pose.world.length !== N_POINTS))
    throw new EngineError('server', 'your server speaks another version; reload the page');
  return pose;
}
