import { isDeepStrictEqual } from 'node:util';
import { type Pointer, readDocument } from '../document.ts';
import { UsageError } from '../usage-error.ts';
import { openLayout } from './layout.ts';
import { applySplices, type Splice } from './splice.ts';
import { blockLines, type Written, type WrittenMap } from './write-yaml.ts';

/** What is to change in a file's data. */
export type Change =
  | { append: Pointer; items: readonly WrittenMap[] }
  /** A key of the file itself. */
  | { drop: string }
  | { set: Pointer; values: WrittenMap; after?: string };

/** A file as it is to be written. */
export interface Edit {
  /** Relative to the root. */
  path: string;
  /** What it is now; absent for a new file. */
  before?: string;
  after: string;
  /** What changes in `before`; of a new file nothing. */
  splices: readonly Splice[];
}

const MARK = '\ufeff';

/**
 * Edits a file that `readDocument` accepts and leaves every other byte of it alone.
 * Throws `UsageError` where the file's layout leaves no place, or the data would not come out as meant.
 */
export function editFile(path: string, bytes: Uint8Array, changes: readonly Change[]): Edit {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const mark = before.startsWith(MARK) ? MARK.length : 0;
  const layout = openLayout(before.slice(mark));
  const splices = changes
    .flatMap((change) => {
      if ('drop' in change) return layout.drop(change.drop);
      if ('append' in change) return layout.append(change.append, change.items);
      return layout.set(change.set, change.values, change.after);
    })
    .map((splice) => ({ ...splice, start: splice.start + mark, end: splice.end + mark }));
  const after = applySplices(before, splices);
  const meant = changes.reduce(changeData, readText(path, before));
  const is = readText(path, after);
  // Whatever is refused for its content is reported by who judges the whole repository; this is about layout only.
  if (is !== undefined && !isDeepStrictEqual(is, meant))
    throw new UsageError(
      `${path} is laid out in a way that no command can change safely`,
      'end its last line with a line end, write the list or mapping in the usual way, or make the change by hand',
    );
  return { path, before, after, splices };
}

/** A new file: the line that gives editors its schema, then its keys. `kind`: `customer` or `plan`. */
export function newFile(path: string, kind: string, data: WrittenMap): Edit {
  const up = '../'.repeat(path.split('/').length - 1);
  const lines = [`# yaml-language-server: $schema=${up}schemas/generated/${kind}.schema.json`, ...blockLines(data)];
  return { path, after: `${lines.join('\n')}\n`, splices: [] };
}

const readText = (path: string, text: string): unknown =>
  readDocument({ path, bytes: new TextEncoder().encode(text), oid: '' }).document?.data;

type Data = Record<string | number, unknown>;

function changeData(data: unknown, change: Change): unknown {
  const copy = structuredClone(data);
  const reach = (pointer: Pointer): Data => pointer.reduce<Data>((at, step) => at[step] as Data, copy as Data);
  if ('append' in change) {
    const holder = reach(change.append.slice(0, -1));
    const key = change.append.at(-1) ?? '';
    holder[key] = [...((holder[key] as unknown[] | null | undefined) ?? []), ...change.items.map(plainData)];
  } else if ('drop' in change) delete (copy as Data)[change.drop];
  else Object.assign(reach(change.set), plainData(change.values));
  return copy;
}

/** As a reader sees it: without the keys that have no value. */
function plainData(value: Written): unknown {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plainData);
  const pairs = Object.entries(value as WrittenMap).filter(([, item]) => item !== undefined);
  return Object.fromEntries(pairs.map(([key, item]) => [key, plainData(item as Written)]));
}
