import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageOf } from '../../../engine/scan/files/language-of.ts';
import type { Account } from '../../../engine/scan/names/account.ts';
import { hashDictionary } from '../../../engine/scan/names/hash-dictionary.ts';
import { readAccounts } from '../../../engine/scan/names/read-accounts.ts';
import { noPolicy } from '../../../engine/scan/policy.ts';
import { type Measure, runProgram, takeTurns } from '../measure.ts';
import { measureCommand } from '../measure-command.ts';
import { type Bench, count, cpu, cpuRatio, demandSame, memory, type Row, wall, wallRatio } from '../part.ts';
import { installedSource, moreAccounts, plantTree, type Specimen } from '../source-tree.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const fixtures = join(project, 'test', 'fixtures', 'scan');

/** One file in fifty has a rule: more than products that need a scanner have. */
const EVERY = 50;

/** What a search for their names takes grows with the accounts, and what we take does not. */
const MORE = 5_000;

interface Scanned {
  files: number;
  bytes: number;
  kept: number;
  findings: string[];
}

/** The scanner, against parsing every file and against a search for the same names. */
export async function scan(bench: Bench): Promise<Row[]> {
  const listed = readFileSync(join(fixtures, 'accounts.json'), 'utf8');
  const { accounts: known = [] } = await readAccounts(listed, 'accounts.json');
  const write = (name: string, content: unknown): string => {
    const path = join(bench.folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const listOf = (count: number): string => write(`accounts-${count}.json`, moreAccounts(known, count));
  const salt = randomBytes(16).toString('base64');
  const lists = {
    few: listOf(10),
    many: listOf(1_000),
    most: listOf(20_000),
    hashed: write('accounts-hashed.json', hashDictionary(moreAccounts(known, 1_000), noPolicy, salt)),
  };
  const specimens = installedSource(join(project, 'node_modules'), bench.size(24_000_000));
  const script = join(bench.folder, 'scan-script');
  plantTree(script, specimens, { files: specimens.length, every: EVERY, accounts: known });
  return [
    ...(await compareWays(bench, 'JS and TS of packages', script, lists.many, moreAccounts(known, 1_000))),
    ...(await compareSearch(bench, script, listOf(MORE), moreAccounts(known, MORE))),
    ...(await compareAccounts(bench, script, lists)),
    ...(await compareLanguages(bench, known, lists.many)),
    ...(await compareSizes(bench, specimens, known, lists.many)),
    ...(await compareStarts(bench, known, lists)),
  ];
}

async function compareWays(
  bench: Bench,
  what: string,
  folder: string,
  list: string,
  accounts: readonly Account[],
): Promise<Row[]> {
  const side = (name: string) => () => bench.run('scan-sources', name, folder, list);
  const search = await searcher(join(bench.folder, 'words.txt'), accounts, folder);
  const { ours, files, everything, astGrep, read, rg } = await takeTurns(bench.rounds(3), {
    ours: side('memory'),
    files: side('files'),
    read: side('read'),
    astGrep: side('ast-grep'),
    everything: side('everything'),
    rg: search ?? (() => runProgram(process.execPath, ['-e', '0'])),
  });
  const scanned = demandEqualFindings(what, ours, everything);
  demandSame(what, { ...ours, result: scanned.findings }, files);
  const row = (name: string, one: Measure, other: Measure, goal?: Row['goal']): Row => ({
    what: name,
    ours: cpu(one),
    other: cpu(other),
    ratio: cpuRatio(other, one),
    ...(goal && { goal }),
  });
  const withReading = `${what}, reading included`;
  return [
    row(`${sizeOf(what, scanned)}: all parsed by ast-grep and judged ÷ ours (equal findings)`, ours, everything, {
      atLeast: 7,
    }),
    row(`${what}: ast-grep with 2 patterns on every file, which finds less ÷ ours`, ours, astGrep),
    search
      ? row(`${withReading}: rg -j1 for the same names ÷ ours`, files, rg, { atLeast: 0.8 })
      : { what: `${withReading}: rg -j1 is not installed`, ours: cpu(files), other: 'not here' },
    row(`${withReading}: reading alone ÷ ours`, files, read),
  ];
}

async function compareSearch(bench: Bench, folder: string, list: string, accounts: readonly Account[]): Promise<Row[]> {
  const search = await searcher(join(bench.folder, `words-${accounts.length}.txt`), accounts, folder);
  if (!search) return [];
  const { files, rg } = await takeTurns(1, {
    files: () => bench.run('scan-sources', 'files', folder, list),
    rg: search,
  });
  const what = `${count(accounts.length)} accounts, reading included: rg -j1 for the same names ÷ ours`;
  return [{ what, ours: cpu(files), other: cpu(rg), ratio: cpuRatio(rg, files) }];
}

function demandEqualFindings(what: string, ours: Measure, everything: Measure): Scanned {
  const scanned = ours.result as Scanned;
  const parsed = everything.result as Scanned;
  if (scanned.findings.length === 0) throw new Error(`nothing is found in "${what}"`);
  demandSame(`findings in ${what}`, { ...ours, result: scanned.findings }, { ...everything, result: parsed.findings });
  return scanned;
}

const sizeOf = (what: string, { bytes, files, kept }: Scanned): string =>
  `${what} (${(bytes / 1e6).toFixed(1)} MB, ${files} files, ${((100 * kept) / bytes).toFixed(0)} % kept)`;

/** Runs `rg` for everything that names the accounts; nothing where it is not installed. CPU is what the shell tells of it. */
async function searcher(
  file: string,
  accounts: readonly Account[],
  folder: string,
): Promise<(() => Promise<Measure>) | undefined> {
  const names = accounts.flatMap(({ id, name, aliases, domains, externalIds }) => [
    id,
    name,
    ...aliases,
    ...domains,
    ...Object.values(externalIds),
  ]);
  writeFileSync(file, `${[...new Set(names)].filter((name) => name.length > 2).join('\n')}\n`);
  const isInstalled = await runProgram('rg', ['--version']).then(
    () => true,
    () => false,
  );
  if (!isInstalled) return undefined;
  const command = 'rg -j1 -i -F -c --no-ignore -f "$1" "$2"';
  return () => measureCommand(command, [file, folder]);
}

interface Lists {
  few: string;
  many: string;
  most: string;
  hashed: string;
}

async function compareAccounts(bench: Bench, folder: string, lists: Lists): Promise<Row[]> {
  const side = (list: string) => () => bench.run('scan-sources', 'memory', folder, list);
  const { few, many, most, hashed } = await takeTurns(bench.rounds(5), {
    few: side(lists.few),
    many: side(lists.many),
    most: side(lists.most),
    hashed: side(lists.hashed),
  });
  demandSame('the dictionary without names', many, hashed);
  const row = (what: string, over: Measure, under: Measure, goal?: Row['goal']): Row => ({
    what,
    ours: cpu(over),
    other: cpu(under),
    ratio: cpuRatio(over, under),
    ...(goal && { goal }),
  });
  return [
    row('1,000 accounts ÷ 10', many, few, { atMost: 1.2 }),
    row('20,000 accounts ÷ 10', most, few, { atMost: 1.2 }),
    row('1,000 accounts: dictionary without names ÷ in clear (equal findings)', hashed, many, { atMost: 1.2 }),
  ];
}

/**
 * The other languages: files without a rule of the labelled corpus, again and again. Little of such code lies on every machine, and this is not
 * like a product: its every file is about accounts, so that far more is kept.
 */
async function compareLanguages(bench: Bench, known: readonly Account[], list: string): Promise<Row[]> {
  const labels = readFileSync(join(fixtures, 'labels.jsonl'), 'utf8').trim().split('\n');
  const byLanguage = new Map<string, Specimen[]>();
  for (const line of labels) {
    const { file, label } = JSON.parse(line) as { file: string; label: string };
    const title = languageOf(file)?.title;
    if (label !== 'negative' || !title) continue;
    const specimen = { extension: extname(file), text: readFileSync(join(fixtures, file), 'utf8') };
    byLanguage.set(title, [...(byLanguage.get(title) ?? []), specimen]);
  }
  const rows: Row[] = [];
  for (const [title, specimens] of [...byLanguage].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const folder = join(bench.folder, `scan-${rows.length}`);
    const length = specimens.reduce((sum, { text }) => sum + text.length, 0) / specimens.length;
    plantTree(folder, specimens, {
      files: Math.ceil(bench.size(400_000) / length),
      every: Number.POSITIVE_INFINITY,
      accounts: known,
    });
    const side = (name: string) => () => bench.run('scan-sources', name, folder, list);
    const { ours, astGrep } = await takeTurns(1, { ours: side('memory'), astGrep: side('ast-grep') });
    rows.push({
      what: `${sizeOf(title, ours.result as Scanned)}: ast-grep ÷ ours`,
      ours: cpu(ours),
      other: cpu(astGrep),
      ratio: cpuRatio(astGrep, ours),
    });
  }
  return rows;
}

/** The whole command over more and more files in which as much is found. */
async function compareSizes(
  bench: Bench,
  specimens: readonly Specimen[],
  known: readonly Account[],
  list: string,
): Promise<Row[]> {
  const small = specimens.filter(({ text }) => text.length < 4_000);
  const tree = (files: number) => {
    const folder = join(bench.folder, `scan-tree-${files}`);
    plantTree(folder, small, { files, every: files / 40, accounts: known });
    return () => bench.measureProviso('scan', folder, '--accounts', list, '--format', 'json');
  };
  const sizes = { few: bench.size(2_000), many: bench.size(50_000) };
  const { few, many } = await takeTurns(1, { few: tree(sizes.few), many: tree(sizes.many) });
  const what = `${count(sizes.many)} files ÷ ${count(sizes.few)}`;
  return [
    {
      what: `proviso scan, memory: ${what}`,
      ours: memory(many),
      other: memory(few),
      ratio: (many.memory ?? Number.NaN) / (few.memory ?? Number.NaN),
      goal: { atMost: 1.2 },
    },
    {
      what: `proviso scan: ${what}`,
      ours: cpu(many),
      other: cpu(few),
      ratio: cpuRatio(many, few),
      goal: { atMost: 25 },
    },
  ];
}

/** The whole command over a few files, one of which has to be parsed. */
async function compareStarts(bench: Bench, known: readonly Account[], lists: Lists): Promise<Row[]> {
  const folder = join(bench.folder, 'scan-few');
  plantTree(folder, [{ extension: '.ts', text: 'export const answer = 42;\n' }], {
    files: 10,
    every: 10,
    accounts: known,
  });
  const run = (list: string) => () => bench.measureProviso('scan', folder, '--accounts', list);
  const { node, clear, hashed } = await takeTurns(bench.rounds(9), {
    node: () => runProgram(process.execPath, ['-e', '0']),
    clear: run(lists.few),
    hashed: run(lists.hashed),
  });
  const row = (what: string, side: Measure): Row => ({
    what: `proviso scan of 10 files, ${what} ÷ node -e 0`,
    ours: wall(side),
    other: wall(node),
    ratio: wallRatio(side, node),
    goal: { atMost: 3 },
  });
  return [row('accounts in clear', clear), row('a dictionary without names', hashed)];
}
