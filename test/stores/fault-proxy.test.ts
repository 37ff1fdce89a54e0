import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../fixtures/servers/fault-proxy.ts';

/** A server that keeps what it hears and answers every message with itself, as a store does. */
let heard: string[];
let server: Server;
let proxy: FaultProxy;
beforeEach(async () => {
  heard = [];
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      heard.push(bytes.toString());
      socket.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await startFaultProxy((server.address() as { port: number }).port);
});
afterEach(async () => {
  await proxy.stop();
  server.close();
});

const connect = async (): Promise<Socket> => {
  const socket = createConnection(proxy.port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  return socket;
};
const ask = async (socket: Socket, words: string): Promise<string> => {
  socket.write(words);
  const answer = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => ['closed'])]);
  return String(answer[0]);
};

test('passes what is said both ways', async () => {
  const socket = await connect();
  expect(await ask(socket, 'one')).toBe('one');
  expect(await ask(await connect(), 'two')).toBe('two');
  expect(proxy.connections()).toBe(2);
});

test('holds everything back while it is paused, and nothing is lost', async () => {
  const socket = await connect();
  expect(await ask(socket, 'one')).toBe('one');
  proxy.pause();
  const later = await connect();
  const answers = [ask(socket, 'two'), ask(later, 'three')];
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(heard).toEqual(['one']);
  proxy.heal();
  expect(await Promise.all(answers)).toEqual(['two', 'three']);
});

test('ends connections and refuses new ones while it is cut', async () => {
  const socket = await connect();
  expect(await ask(socket, 'one')).toBe('one');
  const closed = once(socket, 'close');
  proxy.cut();
  await closed;
  expect(await ask(await connect(), 'two')).toBe('closed');
  proxy.heal();
  expect(await ask(await connect(), 'three')).toBe('three');
  expect(heard).toEqual(['one', 'three']);
});

test('loses answers after so many bytes of them, and the server has heard it all', async () => {
  const socket = await connect();
  proxy.loseReplies(4);
  expect(await ask(socket, 'one')).toBe('one');
  expect(await ask(socket, 'two')).toBe('t');
  await once(socket, 'close');
  expect(heard).toEqual(['one', 'two']);
});

test('loses the answer to one request and to no other', async () => {
  proxy.loseReplyTo('swap');
  const socket = await connect();
  expect(await ask(socket, 'read')).toBe('read');
  expect(await ask(socket, 'swap')).toBe('closed');
  expect(await ask(await connect(), 'swap')).toBe('swap');
  expect(heard).toEqual(['read', 'swap', 'swap']);
});
