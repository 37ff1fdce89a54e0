import type { acceptHead } from '../../runtime/snapshot/accept-head.ts';
import type { readPinned } from '../../runtime/snapshot/keyset.ts';
import type { PublishedCase, PublishedCases } from './case-file.ts';

/** A reader, or one that was weakened. */
export interface HeadReader {
  acceptHead: typeof acceptHead;
  readPinned: typeof readPinned;
}

const bytesOf = (base64 = ''): Uint8Array => Buffer.from(base64, 'base64');

/** What a reader answers to a case, in the words of the published file. */
export async function judgeCase(
  reader: HeadReader,
  each: PublishedCase,
  objects: PublishedCases['objects'],
): Promise<PublishedCase['expect']> {
  const answer = await reader.acceptHead(
    bytesOf(each.envelope),
    {
      ...each.place,
      trust: each.pinned === null ? 'unsigned' : reader.readPinned(bytesOf(objects[each.pinned])),
      reader: each.reader,
      now: Date.parse(each.now),
      ...(each.best && { best: each.best }),
    },
    async (hashes) =>
      new Map(
        hashes.flatMap((hash) => {
          const damaged = each.damaged[hash];
          if (damaged !== undefined) return [[hash, bytesOf(damaged)] as const];
          return each.has.includes(hash) ? [[hash, bytesOf(objects[hash])] as const] : [];
        }),
      ),
  );
  if (answer.verdict === 'refuse') return { verdict: answer.verdict, reason: answer.reason };
  const { verdict, alarms, trust } = answer;
  return { verdict, alarms, ...(trust !== 'unsigned' && { trust: trust.hash }) };
}
