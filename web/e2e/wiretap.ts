// Everything a browser sends, read off the wire: the page, its workers, beacons and sockets alike go through here.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Wiretap {
  url: string;
  /** The browser's arguments that leave it no other way out than this tap. */
  arguments: string[];
  /** What was sent, connection by connection. */
  sent: () => string[];
  close: () => void;
}

/** Listens in on everything that goes to the site at `port`. */
export async function tap(port: number): Promise<Wiretap> {
  const sent: Buffer[][] = [];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const site = connect(port, 'localhost');
    const chunks: Buffer[] = [];
    sent.push(chunks);
    client.on('data', (chunk) => chunks.push(chunk));
    client.pipe(site).pipe(client);
    for (const socket of [client, site]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://localhost:${own}`,
    arguments: [
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
      // Pictures could also go through a peer connection, past any server.
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    ],
    sent: () => sent.map((chunks) => Buffer.concat(chunks).toString('latin1')),
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** A request for a file: a short address, headers, and nothing after them. */
const ASKS = /^(GET|HEAD) \S{1,300} HTTP\/1\.1\r\n([!-9;-~]+:[^\r\n]{0,1000}\r\n){1,40}\r\n/;

/** What was sent besides asking for files, shortened. Nothing, if nothing left the page. */
export function beyondAsking(sent: string[]): string[] {
  return sent.flatMap((stream) => {
    let rest = stream;
    for (let asked = ASKS.exec(rest); asked; asked = ASKS.exec(rest)) {
      if (/\r\n(content-length|transfer-encoding|upgrade):/i.test(asked[0])) break;
      rest = rest.slice(asked[0].length);
    }
    return rest === '' ? [] : [rest.slice(0, 4000)];
  });
}
