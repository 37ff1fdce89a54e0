/** Where a thread begins that goes through a part of the customers: what it is to do is its `workerData`, what comes of it its messages. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PartAnswer, PartTask } from './read-in-threads.ts';
import { readRegisterPart } from './read-register-part.ts';
import { encodeText } from './table/layout.ts';
import { between } from './table/row-text.ts';

const { root, settings, wanted } = workerData as PartTask;
const answer = (message: PartAnswer, bytes: readonly Uint8Array[] = []): void =>
  parentPort?.postMessage(
    message,
    bytes.map(({ buffer }) => buffer as ArrayBuffer),
  );

/** Lines that are one text on their way: a character of two bytes makes all of them that wide. */
const TOGETHER = 4_096;

const { lines, claims } = await readRegisterPart(root, settings, wanted, (read) => answer({ read }));
const texts: Uint8Array[] = [];
for (let start = 0; start < lines.length; start += TOGETHER)
  texts.push(new Uint8Array(encodeText(lines.slice(start, start + TOGETHER).join(between))));
const { customers, again, first } = claims;
answer({ texts, claims: { customers, again, first } }, texts);
