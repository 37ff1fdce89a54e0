import type { ShownHeadKey, ShownKeys, ShownKeyset } from '../keys/describe-keysets.ts';
import { shortId } from '../keys/short-id.ts';
import { lastDay } from './keys-made-text.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { table } from './table.ts';

/** The keysets of a repository, and whether the key that was given signs for the newest. */
export const keysText = ({ repo, keysets, headKey }: ShownKeys): string =>
  [
    `Keys for the releases of ${plain(repo)}\n\n`,
    table(
      [
        { title: 'keyset' },
        { title: 'until' },
        { title: 'left' },
        { title: 'signs releases' },
        { title: 'replaces keys' },
      ],
      keysets.map((keyset) => [
        `${keyset.version}${keyset.inForce ? ' (in force)' : ''}`,
        lastDay(keyset.expires),
        leftOf(keyset),
        list(keyset.heads.map(shortId)) || 'none',
        `${keyset.threshold} of ${list(keyset.roots.map(shortId))}`,
      ]),
    ),
    `\n${headKeyText(headKey)}\n`,
  ].join('');

function leftOf({ inForce, daysLeft }: ShownKeyset): string {
  if (!inForce) return 'replaced';
  return daysLeft < 0 ? 'ended' : plural(daysLeft, 'day');
}

function headKeyText(headKey: ShownHeadKey | null): string {
  if (!headKey) return 'No head key is given here: PROVISO_HEAD_KEY and PROVISO_HEAD_KEY_FILE are empty.';
  const { given, id, keyset, signs } = headKey;
  const key = `${given} is head key ${shortId(id)}`;
  if (signs) return `${key}: it signs releases.`;
  return keyset === null
    ? `${given} is key ${shortId(id)}, which is in no keyset: nothing can be signed with it.`
    : `${key} of keyset ${keyset}, which was replaced: nothing can be signed with it any more.`;
}
