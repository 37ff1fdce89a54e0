import { shortId } from '../keys/short-id.ts';
import { type KeysMade, lastDay } from './keys-made-text.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';
import { shellWord } from './shell-word.ts';

export interface KeysRotated extends KeysMade {
  droppedHeads: readonly string[];
  droppedRoots: readonly string[];
}

/** What changed, and what to do with each file, step by step. */
export function rotatedText(made: KeysRotated): string {
  const { repo, version, path, expires, roots, heads, droppedHeads, droppedRoots } = made;
  const facts = [
    `Keyset ${version} for the releases of ${plain(repo)}. Its keys count until ${lastDay(expires)}.`,
    '',
    ...roots.map(({ file }) => `  ${plain(file)}\n      a new root key`),
    ...heads.map(({ file }) => `  ${plain(file)}\n      the new head key: signs every release`),
    `  ${path}\n      the public half of all of them: no secret, belongs in the repository`,
    ...(droppedHeads.length > 0 ? [`  No longer counts: head key ${list(droppedHeads.map(shortId))}`] : []),
    ...(droppedRoots.length > 0 ? [`  No longer counts: root key ${list(droppedRoots.map(shortId))}`] : []),
  ];
  const steps = [
    ...(roots.length > 0
      ? ['Take the new root key to a place of its own where no server is, and delete it here.']
      : []),
    `Commit the public keys with a pull request, and leave those before where they are:\n     git add ${path}`,
    ...heads.map(
      ({ file }) =>
        `When that is merged, give the head key to whatever publishes. On GitHub:\n     gh secret set PROVISO_HEAD_KEY --env production < ${shellWord(file)}\n   Then delete the file here.${droppedHeads.length > 0 ? ' In between, publishing stops and says why; the product goes on with the release it has.' : ''}`,
    ),
    `Publish: \`proviso publish --env production\`. Readers learn of the new keys from that release${droppedHeads.length > 0 ? ', and take nothing signed with the old ones from then on' : ''}.`,
    `Ship ${path} with the product's code, so that a product that starts anew trusts no older keys.`,
    ...(droppedHeads.length > 0
      ? ['If a key was stolen and somebody published with it: `proviso takeover` instead of step "Publish".']
      : []),
  ];
  return `${facts.join('\n')}\n\nWhat to do now:\n\n${steps.map((step, index) => `${index + 1}. ${step}\n`).join('\n')}`;
}
