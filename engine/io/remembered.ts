import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import { ownDataIn } from './place-in-git.ts';

/** The last thing of a kind that this clone found out itself. */
export interface Remembered {
  is(known: object): boolean;
  remember(known: object): void;
}

/** Kept inside git's own folder under a name, as the hash of what it is. */
export async function rememberedAs(root: string, name: string): Promise<Remembered> {
  const path = await ownDataIn(root, name);
  return {
    is: (known) => read(path) === nameOf(known),
    remember(known) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, nameOf(known));
      } catch {
        // What is not remembered is found out anew the next time.
      }
    },
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const nameOf = (known: object): string => hash('sha256', canonicalJson(known), 'hex');
