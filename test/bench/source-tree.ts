import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isGenerated } from '../../engine/scan/files/is-generated.ts';
import type { Account } from '../../engine/scan/names/account.ts';

/** A file of a tree that is scanned: its bytes, and the end of its name. */
export interface Specimen {
  extension: string;
  text: string;
}

/** Source that people wrote and that lies wherever the project is installed: what its packages ship, in files as long as people write. */
export function installedSource(modules: string, most: number): Specimen[] {
  const names = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.([cm]?js|tsx?)$/.test(name) && !/\.(d|min)\.\w+$/.test(name) && !name.includes('.cache'),
  );
  const specimens: Specimen[] = [];
  let bytes = 0;
  // In no folder's order, so that a part of them is like the whole.
  for (const name of names.sort((one, other) => scatter(one) - scatter(other))) {
    const state = statSync(join(modules, name));
    const { size } = state;
    if (!state.isFile() || size < 500 || size > 64_000) continue;
    const text = readFileSync(join(modules, name), 'utf8');
    if (isGenerated(text)) continue;
    if (bytes + size > most) break;
    bytes += size;
    specimens.push({ extension: extname(name), text });
  }
  return specimens;
}

const scatter = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return Math.imul(hash, 0x9e3779b1) >>> 0;
};

/**
 * Writes that many files, going through the specimens again and again; every so many one has a rule about an account at its end.
 * Names and folders are such as no scanner leaves out.
 */
export function plantTree(
  folder: string,
  specimens: readonly Specimen[],
  { files, every, accounts }: { files: number; every: number; accounts: readonly Account[] },
): void {
  for (let index = 0; index < files; index++) {
    const { extension, text } = specimens[index % specimens.length] as Specimen;
    const into = join(folder, 'src', `part${Math.floor(index / 100)}`);
    if (index % 100 === 0) mkdirSync(into, { recursive: true });
    const account = index % every === 0 && accounts[(index / every) % accounts.length];
    const rule = account ? `\nexport const isTheirs = (account) => account.id === '${account.id}';\n` : '';
    writeFileSync(join(into, `unit${index}${extension}`), text + rule);
  }
}

/** Accounts with names nobody has, the given ones first. */
export function moreAccounts(accounts: readonly Account[], count: number): Account[] {
  const all = [...accounts];
  for (let index = all.length; index < count; index++) {
    const name = invent(index);
    all.push({
      id: name.toLowerCase(),
      name: `${name} Holding`,
      aliases: [],
      domains: [`${name.toLowerCase()}.example`],
      externalIds: { stripe: `cus_${invent(index + 7_000_000)}${index}Kd` },
      people: [],
    });
  }
  return all;
}

/** A word of syllables, another one for each number. */
function invent(number: number): string {
  let word = '';
  for (let left = number + 7_000; left > 0; left = Math.floor(left / 60))
    word += `${'bdfgklmprtvz'[left % 12]}${'aeiou'[Math.floor(left / 12) % 5]}`;
  return `Q${word}x`;
}
