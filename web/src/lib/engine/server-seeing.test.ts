// Frames to a server that the test plays.
import { beforeEach, describe, expect, it } from 'vitest';

import { type Outside, sentSize, ServerSeer } from './server-seeing';

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { reason: string }) => void) | null = null;
  sent: (string | Uint8Array)[] = [];
  closed = false;

  send(message: string | Uint8Array): void {
    this.sent.push(message);
  }
  close(): void {
    this.closed = true;
  }
  says(answer: object): void {
    this.onmessage?.({ data: JSON.stringify(answer) });
  }
  starts(): void {
    this.onopen?.();
    this.says({ type: 'started', max_frame_bytes: 1 });
  }
}

let sockets: FakeSocket[] = [];
const socket = (): FakeSocket => {
  const last = sockets.at(-1);
  if (!last) throw new Error('nobody connected');
  return last;
};
const outside: Outside = {
  socket: () => {
    sockets.push(new FakeSocket());
    return socket() as unknown as WebSocket;
  },
  encode: () => Promise.resolve(new Uint8Array([0xff, 0xd8]).buffer),
  now: () => 0,
  sleep: () => Promise.resolve(),
};
const frame = { width: 1280, height: 720 } as ImageBitmap;
const row = (n: number): number[][] => Array.from({ length: 33 }, () => Array<number>(n).fill(0.5));
/** Lets promises that are ready go on. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function started(): Promise<ServerSeer> {
  const loading = ServerSeer.load(outside, 'lite');
  socket().starts();
  return loading;
}

beforeEach(() => {
  sockets = [];
});

describe('a stream of frames', () => {
  it('begins with the consent', async () => {
    await started();
    expect(socket().sent).toEqual([
      '{"type":"start","consent":true,"width":640,"height":640,"network":"lite"}',
    ]);
  });

  it('is a time and a JPEG each, and landmarks back', async () => {
    const seer = await started();
    const seeing = seer.see(frame, 33.5);
    await turn();
    const message = socket().sent[1] as Uint8Array;
    expect(new DataView(message.buffer).getFloat64(0, true)).toBe(33.5);
    expect([...message.subarray(8)]).toEqual([0xff, 0xd8]);
    socket().says({ type: 'pose', ts_ms: 33.5, pose: { lm: row(4), world: row(3) } });
    const sight = await seeing;
    expect([sight.landmarks.length, sight.world.length]).toEqual([132, 99]);
    expect([sight.width, sight.height]).toEqual([640, 360]);
  });

  it('tells when nobody is seen', async () => {
    const seer = await started();
    const seeing = seer.see(frame, 1);
    await turn();
    socket().says({ type: 'pose', ts_ms: 1, pose: null });
    expect((await seeing).landmarks.length).toBe(0);
  });

  it('follows somebody anew in each set', async () => {
    const seer = await started();
    seer.reset();
    expect(sockets.length).toBe(1);
    const first = seer.see(frame, 1);
    await turn();
    socket().says({ type: 'pose', ts_ms: 1, pose: null });
    await first;
    seer.reset();
    expect(socket().closed).toBe(true);
    const second = seer.see(frame, 2);
    await turn();
    expect(sockets.length).toBe(2);
    socket().starts();
    await turn();
    socket().says({ type: 'pose', ts_ms: 2, pose: null });
    await second;
  });
});

describe('what can go wrong', () => {
  it('a busy server is told before the set', async () => {
    const loading = ServerSeer.load(outside, 'lite');
    socket().onopen?.();
    socket().says({ type: 'error', field: 'busy', message: 'all places are taken' });
    await expect(loading).rejects.toMatchObject({
      field: 'server',
      message: 'your server refused: all places are taken',
    });
    expect(socket().closed).toBe(true);
  });

  it('a server that does not answer', async () => {
    const loading = ServerSeer.load(outside, 'lite');
    socket().onclose?.({ reason: '' });
    await expect(loading).rejects.toMatchObject({ field: 'server' });
  });

  it('a connection that is lost is made again, and the frame is shown again', async () => {
    const seer = await started();
    const seeing = seer.see(frame, 1);
    await turn();
    socket().onclose?.({ reason: '' });
    await turn();
    expect(sockets.length).toBe(2);
    socket().starts();
    await turn();
    expect(socket().sent.length).toBe(2);
    socket().says({ type: 'pose', ts_ms: 1, pose: null });
    expect((await seeing).landmarks.length).toBe(0);
  });

  it('a server that is gone is given up after three tries', async () => {
    const seer = await started();
    const seeing = seer.see(frame, 1);
    const given_up = expect(seeing).rejects.toThrow('the server is stopping');
    for (let n = 1; n <= 3; n++) {
      await turn();
      expect(sockets.length).toBe(n);
      socket().onclose?.({ reason: 'the server is stopping' });
    }
    await given_up;
  });

  it('an answer of another shape', async () => {
    const seer = await started();
    const seeing = seer.see(frame, 1);
    await turn();
    socket().says({ type: 'pose', ts_ms: 1, pose: { lm: [], world: [] } });
    await expect(seeing).rejects.toThrow('reload the page');
  });
});

it.each([
  [1280, 720, 640, 360],
  [720, 1280, 360, 640],
  [320, 240, 320, 240],
  [4000, 10, 640, 16],
])('%d × %d is sent as %d × %d', (width, height, sentWidth, sentHeight) => {
  expect(sentSize({ width, height })).toEqual({ width: sentWidth, height: sentHeight });
});
