import type { Log, LogEntry } from './log.ts';

/**
 * Writes entries as lines of JSON. Those of one turn of the event loop are written together: one call of the operating
 * system a request would cost more than the answer.
 */
export function logLines(write: (text: string) => void): Log {
  let waiting = '';
  const flush = (): void => {
    const lines = waiting;
    waiting = '';
    write(lines);
  };
  return (entry) => {
    if (waiting === '') setImmediate(flush);
    waiting += lineOf(entry);
  };
}

function lineOf(entry: LogEntry): string {
  const time = `{"time":"${instantOf(entry.time)}"`;
  if (entry.event !== 'request') {
    const { time: _, ...rest } = entry;
    return `${time},${JSON.stringify(rest).slice(1)}\n`;
  }
  // Written by hand for speed; nothing in it needs escaping: names of tokens, methods and patterns are plain words.
  const { id, method, route, status, ms, bytes, token } = entry;
  return `${time},"event":"request","id":"${id}","method":"${method}"${route === undefined ? '' : `,"route":"${route}"`},"status":${status},"ms":${Math.round(ms * 1_000) / 1_000},"bytes":${bytes}${token === undefined ? '' : `,"token":"${token}"`}}\n`;
}

let second = -1;
let upToSecond = '';

function instantOf(time: number): string {
  const now = Math.floor(time / 1_000);
  if (now !== second) {
    second = now;
    upToSecond = new Date(now * 1_000).toISOString().slice(0, 20);
  }
  return `${upToSecond}${String(Math.floor(time) - now * 1_000).padStart(3, '0')}Z`;
}
