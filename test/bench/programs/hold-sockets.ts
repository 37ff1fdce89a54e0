/**
 * `hold-sockets`: told `{ url, kind, sockets }`, it opens so many connections and keeps them busy in a way that costs it
 * little, each again when it is closed; told no kind, it lets go of all. It says how many are open when it has done either.
 */
import { connect, type Socket } from 'node:net';

/** What a connection says first, and what it says from then on, now and then. */
const kinds: Readonly<Record<string, { first: string; then: string }>> = {
  'slow heads': { first: 'GET /v1/customers/customer-1 HTTP/1.1\r\nHost: localhost\r\nX-A: ', then: 'a' },
  'slow bodies': {
    first:
      'POST /ofrep/v1/evaluate/flags HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{',
    then: ' ',
  },
  // It never takes what it is answered.
  'deaf readers': {
    first: 'GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20),
    then: '',
  },
};
/** Milliseconds between two bytes of a connection. */
const DRIP = 500;

const open = new Set<Socket>();
let dripping: NodeJS.Timeout | undefined;
let isHolding = false;

function hold(host: string, port: number, kind: string): Promise<void> {
  const { first, then } = kinds[kind] as { first: string; then: string };
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      if (then === '') socket.pause();
      else socket.resume();
      socket.write(first);
      resolve();
    });
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(socket);
      resolve();
      if (isHolding) void hold(host, port, kind);
    });
  });
}

async function begin({ url, kind, sockets }: { url: string; kind: string; sockets: number }): Promise<void> {
  const { hostname, port } = new URL(url);
  isHolding = true;
  for (let count = 0; count < sockets; count += 50)
    await Promise.all(Array.from({ length: Math.min(50, sockets - count) }, () => hold(hostname, Number(port), kind)));
  const { then = '' } = kinds[kind] ?? {};
  let turn = 0;
  // A tenth of them at a time: all in one go would be a burst every half second.
  dripping = setInterval(() => {
    turn = (turn + 1) % 10;
    let at = 0;
    for (const socket of open) {
      if (at % 10 === turn && then !== '' && socket.writable) socket.write(then);
      at += 1;
    }
  }, DRIP / 10);
}

async function end(): Promise<void> {
  isHolding = false;
  clearInterval(dripping);
  await Promise.all([...open].map((socket) => new Promise((resolve) => void socket.once('close', resolve).destroy())));
}

process.on('message', ({ kind, ...where }: { url: string; kind: string | null; sockets: number }) => {
  void (kind === null ? end() : begin({ ...where, kind })).then(() => process.send?.({ open: open.size }));
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
