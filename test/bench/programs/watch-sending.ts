import fs from 'node:fs';
import { Socket } from 'node:net';

/** What is looked for in what goes to a store: the text of a command, or for a folder the call that makes a name visible. */
type Marks = Readonly<Record<'ours' | 'bare', string>>;

export const marksOfSending: Readonly<Record<string, Marks>> = {
  file: { ours: 'linkSync', bare: 'renameSync' },
  redis: { ours: 'RPUSH', bare: 'PUBLISH' },
  postgres: { ours: 'swap_head', bare: 'put_bare' },
  nats: { ours: 'HPUB $KV.', bare: 'PUB $KV.bare-' },
};

/**
 * Notes when a release, or a bare value, last went out to the store, on the clock that all processes share, in nanoseconds:
 * what a publisher asks before, and how long a disk or server takes to be safe after, is no part of a notice.
 */
export function watchSending(kind: string): (side: keyof Marks) => bigint {
  const marks = marksOfSending[kind] as Marks;
  const sent = { ours: 0n, bare: 0n };
  const note = (text: string): void => {
    for (const side of ['ours', 'bare'] as const) if (text.includes(marks[side])) sent[side] = process.hrtime.bigint();
  };
  for (const name of ['linkSync', 'renameSync'] as const) {
    const call = fs[name];
    fs[name] = (from, to) => {
      note(name);
      call(from, to);
    };
  }
  const write = Socket.prototype.write;
  Socket.prototype.write = function (this: Socket, chunk: string | Uint8Array, ...rest: never[]) {
    note(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1'));
    return write.call(this, chunk, ...rest);
  } as typeof write;
  return (side) => sent[side];
}
