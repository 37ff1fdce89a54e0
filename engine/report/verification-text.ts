import type { Verification } from '../publish/verify-release.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

const words = { ok: 'ok', failed: 'failed', unprovable: 'not provable here' } as const;

/** Each proof on a line, and below them everything that is damaged, one a line. */
export function verificationText({ release, kind, commit, proofs }: Verification): string {
  const title =
    release === undefined
      ? 'The head in force cannot be read.'
      : `Release ${release} (${kind}) of commit ${commit?.slice(0, 12)}.`;
  const rows = proofs.map(({ proof, result, message }) => [proof, words[result], message]);
  const named = proofs.flatMap((proof) => proof.named ?? []);
  const damaged = named.map(({ hash, what }) => `  ${hash || 'unknown'}  ${what}`);
  return `${plain(title)}\n${table([{ title: 'proof' }, { title: 'result' }, { title: 'what was found' }], rows)}${damaged.map((line) => `${plain(line)}\n`).join('')}`;
}
