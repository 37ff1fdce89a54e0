import type { Settings } from '../../schemas/setting.ts';
import type { Claims } from '../register/claims.ts';
import { inParts, inThreads } from './in-threads.ts';
import type { RegisterPart } from './read-register-part.ts';
import { decodeText } from './table/layout.ts';
import { between } from './table/row-text.ts';
import type { TreeEntry } from './trees.ts';

/** What a thread is to go through. */
export interface PartTask {
  root: string;
  settings: Settings;
  wanted: readonly TreeEntry[];
}

/** What a thread says: how many more files it has read, and at its end what they come to. */
export type PartAnswer = { read: number } | { texts: readonly Uint8Array[]; claims: Claims };

/** Goes through customers in as many parts as there are processors. @throws whatever a thread ended with. */
export async function readInThreads(
  { wanted, ...task }: PartTask,
  onRead: (files: number) => void,
): Promise<readonly [RegisterPart, ...RegisterPart[]]> {
  const tasks = inParts(wanted).map((part): PartTask => ({ ...task, wanted: part }));
  const parts: RegisterPart[] = [];
  await inThreads<PartTask, PartAnswer>('register-worker', tasks, (answer, index) => {
    if ('read' in answer) onRead(answer.read);
    else parts[index] = { lines: linesIn(answer.texts), claims: answer.claims };
  });
  return parts as [RegisterPart, ...RegisterPart[]];
}

/** Keys, paths and values, each of which is a part of a line. */
function linesIn(texts: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const parts = decodeText(Buffer.from(text.buffer, text.byteOffset, text.byteLength)).split(between);
    for (let at = 0; at + 2 < parts.length; at += 3) lines.push(parts.slice(at, at + 3).join(between));
  }
  return lines;
}
