import { describe, expect, it } from 'vitest';
import { type Compiled, compileModel } from '../../../../engine/compile/compile-model.ts';
import type { Diagnostic, Place } from '../../../../engine/diagnostic.ts';
import { type Explanation, explainCustomer } from '../../../../engine/explain.ts';
import { loadModel } from '../../../../engine/load-model.ts';
import type { Model } from '../../../../engine/model.ts';
import { normaliseSettings } from '../../../../engine/schemas/normalise-settings.ts';
import { sourceFile } from '../../../fixtures/small-repository.ts';
import { faultsOf } from '../../../oracle/model.ts';
import { world } from '../../../oracle/sample-world.ts';
import type { CustomerData } from '../../../oracle/world.ts';
import { writeWorld } from '../../../oracle/write-world.ts';

/** Content by path; `undefined`: there is no such file. */
export type Files = Readonly<Record<string, string | undefined>>;

/** The record of a special ask on one line, with what was decided. */
export const asked = (id: string, decided: string): string =>
  `{ id: ${id}, need: It has to fit., kind: workflow, askedBy: jo@product.example, askedOn: 2026-01-05, ` +
  'neededBy: 2026-01-05, worth: { amount: "1.00", currency: USD, per: year }, demand: [], usedBy: somebody, ' +
  `because: they said so of ${id}, owner: team-a, handledBy: team-b, hoursPerMonth: 1, ${decided} }`;

/** A configuration for 2026 that keeps whatever happens, as `asked` writes it. */
export const configuration = (id: string, does: string, starts = '2026-01-10', expires = '2026-12-31'): string =>
  asked(
    id,
    `livesIn: config, decision: configuration, ${does}, starts: ${starts}, expires: ${expires}, ` +
      'onUpgrade: keep, onDowngrade: keep, onLapse: keep',
  );

export interface Sample {
  files: Files;
  model: Model;
  compiled: Compiled;
  diagnostics: Diagnostic[];
}

/** The sample company as files, read and compiled with other files beside or instead of its own. */
export async function readSample(changes: Files): Promise<Sample> {
  const files: Files = { ...writeWorld(world, {}), ...changes };
  const sources = Object.entries(files).flatMap(([path, content]) =>
    content === undefined ? [] : [sourceFile(path, content)],
  );
  const { model, diagnostics } = await loadModel(sources, normaliseSettings(world.settings));
  const compiled = compileModel(model);
  return { files, model, compiled, diagnostics: [...diagnostics, ...compiled.diagnostics] };
}

/** The customer `acme` of the sample company, explained on a day. */
export async function explainAcme(text: string, day: string, changes: Files = {}): Promise<Explanation> {
  const { model, compiled } = await readSample({ ...changes, 'customers/acme.yaml': text });
  const entry = model.customers.get('acme');
  const customer = compiled.customers.get('acme');
  if (!entry || !customer) throw new Error('acme is not sound');
  return explainCustomer(entry, customer, model.world, day);
}

/** Where a fault stands, as a reader sees it: the line and the words that are underlined. */
function placed({ path, start, end }: Place, files: Files): string {
  const line = (files[path] ?? '').split('\n')[start.line - 1] ?? '';
  const last = end?.line === start.line ? end.column - 1 : undefined;
  const words = line.slice(start.column - 1, last);
  const shown = words.length > 40 ? `${words.slice(0, 20)}…` : words;
  return `${path.startsWith('customers/') ? '' : path}:${start.line} «${shown}»`;
}

/** A fault on one line: severity where it is no error, rule, place, message, help, and the other place it names. */
export function faultLine({ severity, rule, message, at, help, related = [] }: Diagnostic, files: Files): string {
  const others = related.map((other) => ` | ${other.message} ${placed(other.at, files)}`).join('');
  const head = severity === 'error' ? rule : `${severity} ${rule}`;
  return `${head} ${placed(at, files)} ${message}${help ? ` | ${help}` : ''}${others}`;
}

/** Every fault of the sample company with these files, by line. */
export async function faultsOfFiles(changes: Files): Promise<string[]> {
  const { diagnostics, files } = await readSample(changes);
  return diagnostics.map((diagnostic) => faultLine(diagnostic, files));
}

/** A file with a mistake (or, with no faults, one that looks like a mistake) and everything that is said of it. */
export interface Fault {
  says: string;
  /** Lines of `customers/acme.yaml` after its name. */
  acme: string;
  faults: readonly string[];
  /** What the day-by-day model calls it, where it can know; what is sound is sound for the model too. */
  model?: readonly string[];
  files?: Files;
}

/** Runs each row through reading and compiling the company, and through the day-by-day model. */
export function proveFaults(topic: string, rows: readonly Fault[]): void {
  describe(`${topic}`, () => {
    it.each(rows.map((row) => [row.says, row] as const))('%s', async (_, { acme, faults, model, files }) => {
      const sample = await readSample({ ...files, 'customers/acme.yaml': `name: Acme\n${acme}\n` });
      expect(sample.diagnostics.map((diagnostic) => faultLine(diagnostic, sample.files))).toEqual(faults);
      const expected = model ?? (faults.length === 0 && !files ? [] : undefined);
      const data = sample.model.customers.get('acme')?.data as unknown as CustomerData;
      if (expected) expect(faultsOf(world, data)).toEqual(expected);
    });
  });
}
