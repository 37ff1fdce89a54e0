import type { Judged } from './judge/to-finding.ts';
import type { Mention } from './names/mentions.ts';
import type { Bound } from './syntax/situation.ts';

/** A constant that holds what names an account and decides nothing in its own file: other files may decide by it. */
export interface Held extends Judged {
  bound: Bound;
  /** What it says; `mentions` is empty where it is an id that no list holds. */
  said: string;
  mentions: readonly Mention[];
}

/** Names that many files have without meaning the same. */
const TOO_COMMON =
  /^(?:[a-z]{1,4}|[A-Z]{1,2}|name|value|values|key|keys|list|items|default|data|result|options|config|path|index|tenant|account|customer|slug|type|names|email|label|title|query|args|params|input|output|model)$/i;

/** Whether other files may know a constant by that name. */
export const isKnownElsewhere = ({ name }: Bound): boolean =>
  /^[\p{L}_$][\p{L}\p{N}_$]{3,}$/u.test(name) && !TOO_COMMON.test(name);

/** Whether a file may mean the constant of another one: it is beside it, or it names that file or its class. */
export function mayMean({ path }: Pick<Held, 'path'>, other: string, text: string): boolean {
  if (folderOf(path) === folderOf(other)) return true;
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
  const name = /^(index|mod|__init__|lib|main)$/.test(stem) ? (folderOf(path).split('/').at(-1) ?? '') : stem;
  const folder = folderOf(path).split('/').at(-1) ?? '';
  return [name, folder].some(
    (word) => word.length > 1 && new RegExp(`(?<![\\w-])${escape(word)}(?![\\w-])`).test(text),
  );
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const escape = (word: string): string => word.replace(/[^\w]/g, '\\$&');
