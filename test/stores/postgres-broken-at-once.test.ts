import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openMeter } from '../../runtime/enforce/index.ts';
import { openPostgresStore } from '../../runtime/stores/postgres.ts';
import { StoreError } from '../../runtime/stores/store.ts';
import { customerOf, openMetered } from '../fixtures/enforce/metered-company.ts';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const authenticated = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const ended = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'));

/** A server that is stopped in the moment it has let somebody in, and says both in one breath. */
async function serverThatEnds(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([authenticated, ready, ended])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `postgres://proviso@127.0.0.1:${(server.address() as AddressInfo).port}/terms`;
}

/** What nobody listened to, which would have ended the process. */
function watchUncaught(): unknown[] {
  const uncaught: unknown[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => {
    process.off('uncaughtException', note);
    for (const listener of before) process.on('uncaughtException', listener);
  });
  return uncaught;
}

it('a connection that breaks in the moment it is ready is an error of the store, and ends no process', async () => {
  const uncaught = watchUncaught();
  const opened = openPostgresStore(await serverThatEnds()).then((store) => store.getHead('local', 'stable'));
  await expect(opened).rejects.toThrow(StoreError);
  expect(uncaught).toEqual([]);
});

it('nor does one of a meter', async () => {
  const uncaught = watchUncaught();
  const terms = await openMetered(() => Date.parse('2026-03-01T12:00:00Z'));
  const meter = await openMeter({ in: await serverThatEnds(), patience: 200 });
  await meter.consume(customerOf(terms), 'monthly', 1).catch(() => {});
  await meter.close();
  expect(uncaught).toEqual([]);
});
