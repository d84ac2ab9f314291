// Firefox and WebKit, driven with the few commands of the WebDriver standard that the journeys need.
//
// WebKitGTK speaks it over HTTP (WebKitWebDriver). Firefox speaks it over a socket of its own, Marionette, to which
// geckodriver is only a translator: without it, Debian's packages are all that has to be installed.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One browser with one window. */
export interface Browser {
  open(url: string): Promise<void>;
  /** Runs a function of the page, which may be asynchronous. It sees its arguments and the page, nothing of this file. */
  run<Args extends unknown[], T>(
    inPage: (...args: Args) => T | Promise<T>,
    ...args: Args
  ): Promise<T>;
  /** Chooses a file in the `<input type="file">` that the selector names. */
  choose(selector: string, path: string): Promise<void>;
  close(): Promise<void>;
}

/** Sends one command and answers with its value. */
type Send = (command: Command, body?: Record<string, unknown>) => Promise<unknown>;
type Command = keyof typeof COMMANDS;

/** Command → name in Marionette, method and path over HTTP below the session. */
const COMMANDS = {
  open: ['WebDriver:Navigate', '/url'],
  timeouts: ['WebDriver:SetTimeouts', '/timeouts'],
  run: ['WebDriver:ExecuteAsyncScript', '/execute/async'],
  find: ['WebDriver:FindElement', '/element'],
  type: ['WebDriver:ElementSendKeys', '/element/{id}/value'],
} as const;

const TIMEOUT_MS = 60_000;

async function browser(send: Send, close: () => Promise<void>): Promise<Browser> {
  await send('timeouts', { script: TIMEOUT_MS, pageLoad: TIMEOUT_MS, implicit: 0 });
  return {
    open: async (url) => void (await send('open', { url })),
    run: async <Args extends unknown[], T>(
      inPage: (...args: Args) => T | Promise<T>,
      ...args: Args
    ): Promise<T> => {
      const script = `const args = Array.from(arguments), done = args.pop();
        Promise.resolve().then(() => (${String(inPage)})(...args)).then(
          (value) => done({ value }), (error) => done({ error: String(error) + ' ' + error?.stack }));`;
      const answer = (await send('run', { script, args })) as { value: T; error?: string };
      if (answer.error !== undefined) throw new Error(`in the page: ${answer.error}`);
      return answer.value;
    },
    choose: async (selector, path) => {
      const found = await send('find', { using: 'css selector', value: selector });
      const [id] = Object.values(found as Record<string, string>);
      await send('type', { id, text: path });
    },
    close,
  };
}

/** Firefox with a moving test picture as its camera. */
export async function firefox(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'spotter-firefox-'));
  const port = await freePort();
  const preferences = {
    'marionette.port': port,
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.reportingpolicy.firstRun': false,
    'browser.shell.checkDefaultBrowser': false,
    'app.update.enabled': false,
  };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const program = process.env.FIREFOX ?? 'firefox-esr';
  const child = start(program, ['--headless', '--no-remote', '--marionette', '--profile', profile]);
  const end = async (): Promise<void> => {
    await stop(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const socket = await retry(child, () => connected(port));
    const ask = marionette(socket);
    await ask('WebDriver:NewSession', {});
    return await browser(
      (command, body) => ask(COMMANDS[command][0], body ?? {}),
      async () => {
        socket.destroy();
        await end();
      },
    );
  } catch (error) {
    await end();
    throw error;
  }
}

/** Messages are `LENGTH:JSON`: `[0, id, name, body]` there, `[1, id, error, result]` back. */
function marionette(
  socket: Socket,
): (name: string, body: Record<string, unknown>) => Promise<unknown> {
  let received = Buffer.alloc(0);
  let n_sent = 0;
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >();
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, Math.max(0, colon)));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.subarray(colon + 1, end).toString()) as unknown;
      received = received.subarray(end);
      // The first message only introduces the browser.
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message as [1, number, { message: string } | null, unknown];
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(error.message));
      else asked?.resolve(valueOf(result));
    }
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox closed the connection'));
  });
  return (name, body) =>
    new Promise((resolve, reject) => {
      const id = ++n_sent;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, name, body]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}

/** WebKitGTK's MiniBrowser, on a screen that nobody sees, with its own mock camera. */
export async function webkit(): Promise<Browser> {
  const port = await freePort();
  const driver = process.env.WEBKIT ?? 'WebKitWebDriver';
  // `xvfb-run` leaves a file behind when it is told to end.
  const scratch = mkdtempSync(join(tmpdir(), 'spotter-webkit-'));
  const child = start('xvfb-run', ['--auto-servernum', driver, `--port=${port}`], {
    TMPDIR: scratch,
  });
  const end = async (): Promise<void> => {
    await stop(child);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  const base = `http://127.0.0.1:${port}`;
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(2 * TIMEOUT_MS),
    });
    const answer = valueOf(await response.json());
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  try {
    await retry(child, () => ask('GET', '/status'));
    const args = [
      '--automation',
      '--enable-media-stream=true',
      '--enable-mock-capture-devices=true',
    ];
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { args } } };
    const { sessionId } = (await ask('POST', '/session', { capabilities })) as {
      sessionId: string;
    };
    const session = `/session/${sessionId}`;
    return await browser(
      (command, body = {}) => {
        const path = COMMANDS[command][1].replace('{id}', String(body.id));
        return ask('POST', `${session}${path}`, body);
      },
      async () => {
        await ask('DELETE', session).catch(() => null);
        await end();
      },
    );
  } catch (error) {
    await end();
    throw error;
  }
}

function valueOf(result: unknown): unknown {
  return typeof result === 'object' && result !== null && 'value' in result ? result.value : result;
}

/** In a process group of its own, so that what it starts ends with it. */
function start(program: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(program, args, {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  child.on('error', () => undefined);
  return child;
}

/** Asks it and what it started to end, which `xvfb-run` needs to tidy up; after five seconds they are ended. */
async function stop(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  const tell = (signal: NodeJS.Signals): boolean => {
    try {
      return process.kill(-pid, signal);
    } catch {
      return false;
    }
  };
  tell('SIGTERM');
  const late = setTimeout(() => tell('SIGKILL'), 5000);
  if (child.exitCode === null && child.signalCode === null) await over;
  clearTimeout(late);
  // Whatever outlived the one that we started.
  tell('SIGKILL');
}

/** Until it works, for half a minute, or until the program has ended. */
async function retry<T>(child: ChildProcess, attempt: () => Promise<T>): Promise<T> {
  for (const began = Date.now(); ;) {
    try {
      return await attempt();
    } catch (error) {
      const ended = child.pid === undefined || child.exitCode !== null;
      if (ended || Date.now() - began > TIMEOUT_MS / 2)
        throw new Error(
          `\`${child.spawnfile}\` does not answer; \`cargo xtask setup --e2e\` installs it`,
          { cause: error },
        );
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
