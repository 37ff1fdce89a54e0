import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileRelease } from '../../engine/publish/compile-release.ts';
import { decodeHead, encodeHead } from '../../runtime/snapshot/head.ts';
import { assembleSnapshot } from '../../runtime/snapshot/release.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { HeadAt } from '../../runtime/stores/store.ts';
import { openRepository } from '../../scripts/open-repository.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { withSeats } from '../fixtures/verify/published-files.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { edit, tinyRepository } from './company-in-git.ts';
import { signedCompany } from './signed-company.ts';
import { tinyCompany } from './tiny-company.ts';

const NOW = '2026-11-20T10:00:00Z';
/** Nothing is wrong with it, and it does nothing. */
const WARNED = 'staysOn: studio@1\n';

interface Told {
  exitCode: number;
  answer: Record<string, unknown>;
  /** How many customers were compiled, each time. */
  compiled: string[];
}

/** Publishes, or another command, as on a terminal, where it says how many customers it compiles. */
async function run(
  root: string,
  store: string,
  words: string | readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const compiled: string[] = [];
  const onError = (text: string): void => {
    for (const [, what = ''] of text.matchAll(/compiling ((?:\d+ of )?\d+) customers/g)) compiled.push(what);
  };
  const argv = [...(typeof words === 'string' ? [words] : words), '--store', store, '--format', 'json'];
  const { exitCode, stdout } = await runProviso(argv, { folder: root, variables, now: NOW, isTTY: true, onError });
  return { exitCode, answer: JSON.parse(stdout) as Record<string, unknown>, compiled };
}

/** What this clone knows of its releases is gone, as in a fresh one: then everything is compiled. */
const forget = (root: string): void => rmSync(join(root, '.git/proviso'), { recursive: true, force: true });

const textOf = (id: string, account?: string, more = ''): string =>
  `name: ${id}\n${account === undefined ? '' : `account: ${account}\n`}plan: studio@1\n${more}`;

const companyOf = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `customers/c-${n}.yaml`,
      textOf(`c-${n}`, n % 3 ? undefined : `acct_${n}`),
    ]),
  );

const compiledRoot = async (root: string): Promise<string> =>
  compileRelease((await openRepository({ root }, { ref: 'HEAD' })).model).snapshot.root;

const sequences = timesFrom('PROVISO_HISTORIES_PUBLISHED', 2);

describe('publishing from the release before', () => {
  it(`comes to what compiling everybody comes to, in ${sequences} histories (seed ${seed})`, async () => {
    for (let sequence = 0; sequence < sequences; sequence += 1) {
      const draw = drawFrom(seed + sequence);
      const pick = (below: number): number => Math.floor(draw() * below);
      const { root } = tinyRepository(companyOf(12));
      const [one, other] = [`file:${temporaryFolder()}`, `file:${temporaryFolder()}`];
      const places = new Map(Array.from({ length: 12 }, (_, n) => [`c-${n}`, `customers/c-${n}.yaml`]));
      let [seats, next] = [5, 100];
      const write = (id: string, text: string): void =>
        writeFiles(root, { [places.get(id) ?? `customers/${id}.yaml`]: text });
      const someone = (): string => [...places.keys()][pick(places.size)] ?? 'acme';
      const steps: (() => void)[] = [
        () => write(someone(), textOf('changed', undefined, 'billing: { method: card }\n')),
        () => write(someone(), `# a comment\n${textOf('commented')}`),
        () => write(someone(), textOf('account', `acct_${pick(40)}`)),
        () => write(someone(), textOf('warned', undefined, WARNED)),
        () => {
          const id = `c-${(next += 1)}`;
          places.set(id, `customers/${id}.yaml`);
          write(id, textOf(id, `acct_${next}`));
        },
        () => {
          const id = someone();
          const [from, to] = [places.get(id) as string, `customers/moved-${pick(3)}/${id}.yaml`];
          mkdirSync(join(root, dirname(to)), { recursive: true });
          if (from !== to) renameSync(join(root, from), join(root, to));
          places.set(id, to);
        },
        () =>
          write(
            someone(),
            textOf('closed', undefined, 'statuses: [{ stage: closed, since: 2026-11-01, because: x }]\n'),
          ),
        () => {
          const id = someone();
          rmSync(join(root, places.get(id) as string));
          places.delete(id);
        },
        () =>
          writeFiles(root, {
            'plans/studio@1.yaml': tinyCompany['plans/studio@1.yaml'].replace('seats: 5', `seats: ${(seats += 1)}`),
          }),
        () => undefined,
      ];
      const ways = new Set<string>();
      for (let step = 0; step < 9; step += 1) {
        // At first nothing is wrong: what is made from a release is seen in every history.
        if (step < 2) write('c-1', textOf(`sound-${step}`));
        else for (let edits = pick(3); edits >= 0; edits -= 1) steps[pick(steps.length)]?.();
        writeFiles(root, { 'notes.txt': `${step}` });
        commitAll(root);
        const where = `PROVISO_SEED=${seed + sequence} PROVISO_HISTORIES_PUBLISHED=1, step ${step}`;
        const made = await run(root, one, 'publish');
        const told = await run(root, one, 'status');
        forget(root);
        const whole = await run(root, other, 'publish');
        forget(root);
        const toldWhole = await run(root, other, 'status');
        if (made.answer.root !== undefined) {
          expect(made.answer.root, where).toBe(await compiledRoot(root));
          // As it was before the other store was published to.
          await run(root, one, 'publish');
        }
        expect({ ...made, compiled: 0 }, where).toEqual({ ...whole, compiled: 0 });
        const { answer } = told;
        expect([told.exitCode, answer.drift, answer.changed, answer.diagnostics], where).toEqual([
          toldWhole.exitCode,
          toldWhole.answer.drift,
          toldWhole.answer.changed,
          toldWhole.answer.diagnostics,
        ]);
        for (const what of made.compiled) ways.add(what.includes(' of ') ? 'some' : 'all');
        for (const what of whole.compiled) expect(what, where).not.toContain(' of ');
      }
      expect(ways).toContain('some');
    }
  }, 600_000);

  it('compiles whom the commits since concern, and everybody where it cannot be sure', async () => {
    const { root } = tinyRepository(companyOf(5));
    const store = `file:${temporaryFolder()}`;
    const change = (n: number): string => edit(root, { 'customers/c-1.yaml': textOf('c-1', undefined, `# ${n}\n`) });
    expect((await run(root, store, 'publish')).compiled).toEqual(['6']);
    change(1);
    change(2);
    expect((await run(root, store, 'status')).compiled).toEqual(['1 of 6']);
    expect((await run(root, store, ['publish', '--dry-run'])).compiled).toEqual(['1 of 6']);
    expect((await run(root, store, 'publish')).compiled).toEqual(['1 of 6']);
    expect((await run(root, store, 'publish')).compiled).toEqual(['0 of 6']);
    expect((await run(root, store, 'verify')).compiled).toEqual(['6']);
    edit(root, { 'plans/studio@1.yaml': `# why\n${tinyCompany['plans/studio@1.yaml']}` });
    expect((await run(root, store, 'publish')).compiled).toEqual(['6']);
    change(3);
    expect((await run(root, store, ['rollback', '1', '--because', 'a test'])).exitCode).toBe(0);
    expect((await run(root, store, 'publish')).compiled).toEqual(['6']);
    change(4);
    expect((await run(root, store, 'publish')).compiled).toEqual(['1 of 6']);
  }, 120_000);

  it('tells less than errors only of customers whose files are others than before', async () => {
    const { root } = tinyRepository({ 'customers/c-0.yaml': textOf('c-0', undefined, WARNED) });
    const store = `file:${temporaryFolder()}`;
    const told = ({ answer }: Told) =>
      (answer.diagnostics as { path: string; severity: string }[]).map(({ path, severity }) => [path, severity]);
    const first = told(await run(root, store, 'publish'));
    expect(first).toEqual([['customers/c-0.yaml', 'warning']]);
    edit(root, { 'customers/c-1.yaml': textOf('c-1', undefined, WARNED) });
    const made = await run(root, store, ['publish', '--dry-run']);
    forget(root);
    const whole = await run(root, store, ['publish', '--dry-run']);
    expect([made.compiled, whole.compiled]).toEqual([['1 of 3'], ['3']]);
    expect(told(made)).toEqual([['customers/c-1.yaml', 'warning']]);
    expect(made.answer).toEqual(whole.answer);
  });

  it('publishes nothing of a commit with errors', async () => {
    const { root } = tinyRepository(companyOf(3));
    const store = `file:${temporaryFolder()}`;
    await run(root, store, 'publish');
    edit(root, { 'customers/c-1.yaml': 'name: c-1\nplan: nothing@1\n' });
    const made = await run(root, store, 'publish');
    forget(root);
    expect(await run(root, store, 'publish')).toEqual({ ...made, compiled: ['4'] });
    expect(made).toMatchObject({ exitCode: 1, compiled: ['1 of 4'] });
    expect(made.answer.release).toBeUndefined();
  });

  it.each([
    ['other terms', 'root'],
    ['a later commit with the terms before', 'commit'],
  ])('does not go on from %s that somebody put into an unsigned store', async (_, forged) => {
    const { root } = tinyRepository(companyOf(4));
    const folder = temporaryFolder();
    await run(root, `file:${folder}`, 'publish');
    const commit = edit(root, { 'customers/c-1.yaml': textOf('c-1', undefined, 'billing: { method: card }\n') });
    const store = await openStore(`file:${folder}`);
    const at = (await store.getHead('local', 'stable')) as HeadAt;
    const { payload, hash } = decodeHead(at.envelope);
    const other = assembleSnapshot({
      customers: [{ id: 'c-2', leaf: { customer: 'c-2', segments: [] } }],
      plans: {},
      catalogue: { v: 1 },
      rules: { v: 1 },
    });
    await store.putAll(other.objects);
    const content = forged === 'commit' ? { commit } : { root: other.root };
    const { envelope } = encodeHead({ ...payload, ...content, n: 2, prev: hash });
    expect(await store.casHead('local', 'stable', at.token, envelope)).toBe('ok');
    await store.close();
    expect(await run(root, `file:${folder}`, 'publish')).toMatchObject({
      compiled: ['5'],
      answer: { outcome: 'published', root: await compiledRoot(root) },
    });
  });

  it('goes on from a signed release only where the witness knows it', async () => {
    const { root, keys } = await signedCompany({ 'customers/other.yaml': textOf('other') });
    const compiledFor = async (seats: number): Promise<string[]> => {
      edit(root, { 'customers/acme.yaml': withSeats(seats) });
      const { answer, compiled } = await run(
        root,
        'file:.proviso/production',
        ['publish', '--env', 'production'],
        keys.variables,
      );
      expect(answer).toMatchObject({ outcome: 'published', root: await compiledRoot(root) });
      return compiled;
    };
    // Another clone than the one that published.
    forget(root);
    expect(await compiledFor(7)).toEqual(['1 of 2']);
    git(root, 'update-ref', '-d', 'refs/proviso/production/stable');
    expect(await compiledFor(8)).toEqual(['2']);
    expect(await compiledFor(9)).toEqual(['1 of 2']);
  });
});
