import type { CompiledCustomer } from '../engine/compile/compile-customer.ts';
import { compileModel } from '../engine/compile/compile-model.ts';
import { isError } from '../engine/diagnostic.ts';
import { formatDiff } from '../engine/diff/format-diff.ts';
import { explainCustomer } from '../engine/explain.ts';
import { dirtyPaths } from '../engine/io/git.ts';
import { releasePaths } from '../engine/io/rooms.ts';
import type { Model } from '../engine/model.ts';
import { explanationText } from '../engine/report/explanation-text.ts';
import { countInWords } from '../engine/report/format-diagnostics.ts';
import { list } from '../engine/report/list.ts';
import { plural } from '../engine/report/plural.ts';
import { shellWord } from '../engine/report/shell-word.ts';
import { UsageError } from '../engine/usage-error.ts';
import { openTerms } from '../runtime/client/open-terms.ts';
import { decodeHead } from '../runtime/snapshot/head.ts';
import { openStore } from '../runtime/stores/registry.ts';
import type { Context, ExitCode } from './command.ts';
import { compareRepositories, isWorldBroken } from './compare-repositories.ts';
import { findCustomer } from './find-customer.ts';
import { findStaleSchemas } from './find-stale-schemas.ts';
import { type OpenedCommit, openForRelease } from './open-for-release.ts';
import { openRepository } from './open-repository.ts';
import { readerTrust } from './open-signing.ts';
import { paintFor } from './paint.ts';
import { publishCommit } from './publish-commit.ts';
import { withStore } from './release-tools.ts';
import { report } from './report.ts';
import { reportPublished } from './report-published.ts';

/**
 * The whole main job once, told step by step: check the repository, show what HEAD changes against what is published,
 * publish HEAD, and read a customer back as the product would. Uncommitted edits are shown and never published.
 */
export async function walkThrough(context: Context, named?: string): Promise<ExitCode> {
  const isJson = context.format === 'json';
  // A program gets one object at the end, not the story.
  const told: Context = isJson ? { ...context, writeOut: () => undefined } : context;
  const paint = paintFor(context);
  const say = (text: string): void => told.writeOut(text);
  const step = (title: string): void => say(`\n${paint.bold(title)}\n`);

  step('1. Check every file, every reference and every future day');
  const tree = await openRepository(context);
  const found = [
    ...tree.diagnostics,
    ...(await findStaleSchemas(context.root)),
    ...compileModel(tree.model).diagnostics,
  ];
  report(found.some(isError) ? context : told, { diagnostics: found, sources: tree });
  say(
    `${plural(tree.files.length, 'file')}, ${plural(tree.model.customers.size, 'customer')}: ${countInWords(found)}\n`,
  );
  if (found.some(isError)) return 1;

  const edited = await dirtyPaths(context.root, releasePaths);
  if (edited.length > 0) {
    step('2. What your uncommitted edits would change');
    const base = { ...(await openRepository(context, { ref: 'HEAD' })), name: 'HEAD' };
    const { diff } = compareRepositories(base, { ...tree, name: 'working tree' }, context.at.day);
    say(formatDiff(diff, { paint }));
    say(
      `\nThey are not published yet. To publish them, commit them and run this again:\n  git add ${edited.map(shellWord).join(' ')}\n  git commit -m ${shellWord(
        subject(
          edited,
          diff.customers.map(({ customer }) => customer),
        ),
      )}\n`,
    );
  }

  step(`${edited.length > 0 ? 3 : 2}. What HEAD changes against what is published`);
  const head = await openForRelease(context, 'HEAD');
  // What was never edited is HEAD, which has been checked.
  const faults = edited.length > 0 ? [...head.diagnostics, ...compileModel(head.model).diagnostics] : [];
  if (faults.some(isError)) return report(context, { diagnostics: faults, sources: head });
  const published = await withStore(context, (store) => store.getHead(context.environment, context.channel));
  const changed = published
    ? await showAgainst(decodeHead(published.envelope).payload.commit)
    : (say(
        `Nothing is published yet; this is the first release, with ${plural(head.model.customers.size, 'customer')}.\n`,
      ),
      []);

  step(`${edited.length > 0 ? 4 : 3}. Publish HEAD`);
  const attempt = await publishCommit(context, head);
  const exitCode = reportPublished(told, attempt);
  if (exitCode !== 0) return isJson ? reportPublished(context, attempt) : exitCode;

  step(`${edited.length > 0 ? 5 : 4}. Read a customer back as the product does`);
  const customer =
    named === undefined ? (changed[0] ?? mostTold(head.model.customers)) : findCustomer(head.model, named);
  const read = await readBack(customer);

  step('What to try next');
  say(nextSteps(head, customer, context));
  if (isJson) report(context, { diagnostics: found, json: () => ({ ...attempt.result, pending: edited, read }) });
  return 0;

  async function showAgainst(commit: string): Promise<string[]> {
    if (commit === head.commit) {
      say('Nothing: HEAD is what is published.\n');
      return [];
    }
    try {
      const base = { ...(await openRepository(context, { ref: commit })), name: `release of ${commit.slice(0, 12)}` };
      if (isWorldBroken(base)) throw new UsageError(`commit ${commit} cannot be read as terms`);
      const { diff } = compareRepositories(base, { ...head, name: 'HEAD' }, context.at.day);
      say(formatDiff(diff, { paint }));
      return diff.customers.filter(({ kind }) => kind !== 'closed').map((one) => one.customer);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      say(`It cannot be compared: ${error.message}.\n`);
      return [];
    }
  }

  /** Explains the commit in force: after a rollback, or where a newer commit is published, that is not HEAD. */
  async function readBack(id: string): Promise<object | undefined> {
    const store = await openStore(await context.storeUrl(), context.root);
    const { environment, channel } = context;
    const terms = await openTerms({
      follow: false,
      load: 'lazy',
      store,
      environment,
      channel,
      ...(await readerTrust(context)),
      now: () => context.at.instant,
    });
    try {
      const view = await terms.customer(id);
      if (!view) {
        say(`Release ${terms.release.n} has no customer ${id}.\n`);
        return undefined;
      }
      const { release, plan, stage, values } = view;
      const same = Object.keys(values).length;
      say(`Release ${release} answers ${plural(same, 'setting')} for ${id}: ${list(shownFirst(view), 4)}.\n\n`);
      const { commit } = terms.release;
      const { model, settings } = commit === head.commit ? head : await openRepository(context, { ref: commit });
      const [entry, customer] = [model.customers.get(id), compiledOf(model, id)];
      if (entry && customer)
        say(explanationText(explainCustomer(entry, customer, model.world, context.at.day), settings));
      return { customer: id, release, at: new Date(context.at.instant).toISOString(), plan, stage, settings: values };
    } finally {
      await terms.close();
    }
  }
}

const compiledOf = (model: Model, id: string): CompiledCustomer | undefined =>
  model.customers.has(id) ? compileModel(model, [id]).customers.get(id) : undefined;

/** Commands worth typing now, with names of this repository. */
function nextSteps({ model }: OpenedCommit, customer: string, { at: { day: today }, variables }: Context): string {
  const { timeline } = compiledOf(model, customer) ?? {};
  const boundary = timeline?.segments.find(({ from }) => from !== null && from > today)?.from;
  const [plan] =
    [...model.world.plans].find(([, { data }]) => data.sold !== false && data.price.amount !== undefined) ?? [];
  const steps: [string, string][] = [
    ['proviso start', `after an edit of ${model.customers.get(customer)?.document.path}`],
    [`proviso explain ${customer}${boundary ? ` --at ${boundary}` : ''}`, 'where each value comes from, on any day'],
    ...(plan
      ? [[`proviso get --account u_1 --plan ${plan}`, 'an account that needs no file'] as [string, string]]
      : []),
    ['proviso diff --base HEAD~1', 'what a change really does, and to whom'],
    ['proviso rollback', 'the release before, as a new one'],
  ];
  // In this project itself the command is an npm script; where it is installed, npx finds it.
  const prefix = variables.npm_package_name === 'proviso' ? 'npm run -s proviso -- ' : 'npx proviso ';
  const typed = steps.map(([command, why]) => [command.replace(/^proviso /, prefix), why] as const);
  const width = Math.max(...typed.map(([command]) => command.length));
  return typed.map(([command, why]) => `  ${command.padEnd(width)}  ${why}\n`).join('');
}

/** The values that something more particular than a plan gave. */
function shownFirst({
  values,
  explain,
}: {
  values: Readonly<Record<string, unknown>>;
  explain(key: string): { layer?: { kind: string } };
}): string[] {
  const told = Object.keys(values).filter((key) => (explain(key).layer?.kind ?? 'plan') !== 'plan');
  return (told.length > 0 ? told : Object.keys(values)).map((key) => `${key} ${JSON.stringify(values[key])}`);
}

/** The customer with most exceptions: the one there is most to tell of. */
function mostTold(customers: ReadonlyMap<string, { data: { exceptions?: readonly unknown[] } }>): string {
  const [most] = [...customers].sort(
    ([, a], [, b]) => (b.data.exceptions?.length ?? 0) - (a.data.exceptions?.length ?? 0),
  );
  return most?.[0] ?? '';
}

const subject = (paths: readonly string[], customers: readonly string[]): string =>
  customers.length > 0 ? `Change terms of ${list(customers, 3)}` : `Edit ${list(paths, 3)}`;
