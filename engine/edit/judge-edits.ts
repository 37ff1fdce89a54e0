import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import { compileModel } from '../compile/compile-model.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { loadModel } from '../load-model.ts';
import type { Model } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import type { Edit } from './edit-file.ts';

/** A repository as it was read. */
export interface Before {
  files: readonly SourceFile[];
  model: Model;
  diagnostics: readonly Diagnostic[];
}

/** A repository as it would be. */
export interface Judged {
  files: SourceFile[];
  model: Model;
  /** The customers asked for, where their files can be read. */
  customers: ReadonlyMap<string, CompiledCustomer>;
  /** What the edits bring; what was wrong before is not here. */
  diagnostics: Diagnostic[];
}

/** Reads and compiles the repository with the edits in it, in memory. `ids`: the customers whose files they touch. */
export async function judgeEdits(before: Before, edits: readonly Edit[], ids: readonly string[]): Promise<Judged> {
  const changed = new Map(edits.map((edit) => [edit.path, sourceFile(edit)]));
  const files = [...before.files.filter(({ path }) => !changed.has(path)), ...changed.values()];
  const { model, diagnostics } = await loadModel(files, before.model.world.settings);
  const now = compileModel(
    model,
    ids.filter((id) => model.customers.has(id)),
  );
  const then = compileModel(
    before.model,
    ids.filter((id) => before.model.customers.has(id)),
  );
  return {
    files,
    model,
    customers: now.customers,
    diagnostics: newOnes([...diagnostics, ...now.diagnostics], [...before.diagnostics, ...then.diagnostics]),
  };
}

function sourceFile({ path, after }: Edit): SourceFile {
  const bytes = new TextEncoder().encode(after);
  return { path, bytes, oid: hash('sha1', Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), 'hex') };
}

/** An edit moves lines, so a problem is known by what it says and not by where. */
function newOnes(now: readonly Diagnostic[], before: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, number>();
  const keyOf = ({ rule, message, at }: Diagnostic): string => [at.path, rule, message].join('\n');
  for (const diagnostic of before) known.set(keyOf(diagnostic), (known.get(keyOf(diagnostic)) ?? 0) + 1);
  return now.filter((diagnostic) => {
    const left = known.get(keyOf(diagnostic)) ?? 0;
    known.set(keyOf(diagnostic), left - 1);
    return left <= 0;
  });
}
