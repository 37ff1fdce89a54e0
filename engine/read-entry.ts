import type { KindName } from '../schemas/kinds.ts';
import type { Settings } from '../schemas/setting.ts';
import { faultsOf } from './compile/fault.ts';
import { type Diagnostic, topOf } from './diagnostic.ts';
import { readDocument } from './document.ts';
import type { Entry } from './model.ts';
import type { SourceFile } from './source-file.ts';
import { checkSettings } from './validate/check-settings.ts';
import { fileKind } from './validate/file-kind.ts';
import { hasShape } from './validate/has-shape.ts';
import { MOST_FAULTS } from './validate/most-faults.ts';

/** A file of ours, judged on its own. */
export interface ReadEntry {
  path: string;
  /** Absent where the name says that nobody reads it. */
  kind?: KindName;
  /** Absent where it is no YAML of ours. */
  entry?: Entry<unknown>;
  /** It may become part of the model. */
  isSound: boolean;
  /** What is wrong with its shape is still to be said. */
  isMisshapen: boolean;
  /** Of its name, its YAML and its settings. */
  diagnostics: Diagnostic[];
}

/** What was read before, by `<git's id> <path>`. */
export type KnownDocuments = Map<string, ReturnType<typeof readDocument>>;

/** Judges one file by itself: its place and name, its YAML, its shape, its settings. Undefined for what is none of ours. */
export function readEntry(file: SourceFile, settings: Settings, known?: KnownDocuments): ReadEntry | undefined {
  const { path, oid } = file;
  const found = fileKind(path);
  if (found === undefined) return undefined;
  const diagnostics: Diagnostic[] = found.remark ? [{ ...found.remark, at: topOf(path) }] : [];
  if (!('kind' in found)) return { path, isSound: false, isMisshapen: false, diagnostics };
  const { kind, id } = found;
  const { document, diagnostics: faults } = known ? readOnce(file, known) : readDocument(file);
  diagnostics.push(...faults);
  if (!document) return { path, kind, isSound: false, isMisshapen: false, diagnostics };
  const entry: Entry<unknown> = { id, data: document.data, document, oid };
  const isMisshapen = !hasShape(kind, document.data);
  const isSound = !isMisshapen && hasSettings(kind, entry, settings, diagnostics) && !found.remark;
  return { path, kind, entry, isSound, isMisshapen, diagnostics };
}

function readOnce(file: SourceFile, known: KnownDocuments): ReturnType<typeof readDocument> {
  const name = `${file.oid} ${file.path}`;
  const read = known.get(name) ?? readDocument(file);
  known.set(name, read);
  return read;
}

function hasSettings(kind: KindName, entry: Entry<unknown>, settings: Settings, diagnostics: Diagnostic[]): boolean {
  const faults = faultsOf(entry);
  checkSettings(kind, entry.data, settings, faults.report);
  diagnostics.push(...faults.diagnostics.slice(0, MOST_FAULTS));
  return faults.diagnostics.length === 0;
}
