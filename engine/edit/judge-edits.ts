import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import { type Compiled, compileModel } from '../compile/compile-model.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Model } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import type { Edit } from './edit-file.ts';

/** A repository, as far as it was read. */
interface Read {
  files: readonly SourceFile[];
  filesAt(paths: readonly string[]): readonly SourceFile[];
  model: Model;
  diagnostics: readonly Diagnostic[];
}

/** A repository as it is, which can be read as it would be with other files. */
export interface Before extends Read {
  withFiles(files: readonly SourceFile[]): Promise<Read>;
}

/** A repository as it would be. Among its diagnostics is what the edits bring; what was wrong before is not. */
export interface Judged extends Read {
  /** The customers asked for, where their files can be read. */
  customers: ReadonlyMap<string, CompiledCustomer>;
  diagnostics: Diagnostic[];
}

/** Reads and compiles the repository with the edits in it, in memory. `ids`: the customers whose files they touch. */
export async function judgeEdits(before: Before, edits: readonly Edit[], ids: readonly string[]): Promise<Judged> {
  const after = await before.withFiles(edits.map(sourceFile));
  const [then, now] = [before, after].map(({ model }) =>
    compileModel(
      model,
      ids.filter((id) => model.customers.has(id)),
    ),
  ) as [Compiled, Compiled];
  return {
    ...after,
    customers: now.customers,
    diagnostics: newOnes([...after.diagnostics, ...now.diagnostics], [...before.diagnostics, ...then.diagnostics]),
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
