import type { Settings } from '../../schemas/setting.ts';
import { nearest } from '../did-you-mean.ts';
import type { World } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import {
  parseAccess,
  parseAmounts,
  parseList,
  parseMoney,
  parseNumber,
  parseSettings,
  parseTerms,
} from './parse-words.ts';
import type { Written, WrittenMap } from './write-yaml.ts';

export const decisions = ['configuration', 'feature', 'service', 'promise', 'no'] as const;
export type Decision = (typeof decisions)[number];

interface Field {
  /** Where it stands in the record. */
  key: string;
  /** Without it: every decision. */
  goesWith?: readonly Decision[];
  /** The record is not whole without it. */
  needed?: boolean;
  read(words: string, settings: Settings): Written;
  /** Of a flag that may be given several times. */
  readAll?(words: readonly string[], world: World): Written;
}

const text = (words: string): Written => words;
const lasting: readonly Decision[] = ['configuration', 'promise'];
const needed = true;

/** The flags of a record in the order of its keys. */
const fields = {
  need: { key: 'need', needed, read: text },
  kind: { key: 'kind', needed, read: text },
  area: { key: 'area', read: text },
  'asked-by': { key: 'askedBy', needed, read: text },
  'asked-on': { key: 'askedOn', needed, read: text },
  'needed-by': { key: 'neededBy', needed, read: text },
  worth: { key: 'worth', needed, read: (words) => parseMoney(words, 'worth') },
  demand: { key: 'demand', needed, read: parseList },
  'used-by': { key: 'usedBy', needed, read: text },
  decision: { key: 'decision', needed, read: text },
  because: { key: 'because', needed, read: text },
  set: {
    key: 'set',
    goesWith: ['configuration'],
    read: text,
    readAll: (words, { settings }) => parseSettings(words, 'set', settings),
  },
  add: {
    key: 'add',
    goesWith: ['configuration'],
    read: text,
    readAll: (words, { settings }) => parseAmounts(words, 'add', settings),
  },
  access: { key: 'access', goesWith: ['configuration'], read: text, readAll: (words) => words.map(parseAccess) },
  lowers: { key: 'lowers', goesWith: ['configuration'], read: () => true },
  term: { key: 'terms', goesWith: ['promise'], read: text, readAll: parseTerms },
  tracking: { key: 'tracking', goesWith: ['feature'], read: text },
  settings: { key: 'settings', goesWith: ['feature'], read: parseList },
  price: { key: 'price', goesWith: ['service'], read: (words) => parseMoney(words, 'price') },
  ends: { key: 'ends', goesWith: ['service'], read: text },
  offer: { key: 'offer', goesWith: ['no'], read: text },
  refuses: { key: 'refuses', goesWith: ['no'], read: text, readAll: parseRefused },
  starts: { key: 'starts', goesWith: lasting, needed, read: text },
  expires: { key: 'expires', goesWith: lasting, needed, read: text },
  'on-upgrade': { key: 'onUpgrade', goesWith: lasting, needed, read: text },
  'on-downgrade': { key: 'onDowngrade', goesWith: lasting, needed, read: text },
  'on-lapse': { key: 'onLapse', goesWith: lasting, needed, read: text },
  owner: { key: 'owner', needed, read: text },
  'handled-by': { key: 'handledBy', needed, read: text },
  'lives-in': { key: 'livesIn', needed, read: text },
  runbook: { key: 'runbook', read: text },
  'build-hours': { key: 'buildHours', read: (words) => parseNumber(words, 'build-hours') },
  'hours-per-month': { key: 'hoursPerMonth', needed, read: (words) => parseNumber(words, 'hours-per-month') },
} as const satisfies Record<string, Field>;

export type ExceptionFlag = keyof typeof fields;
export const exceptionFlags = Object.keys(fields) as ExceptionFlag[];
export type ExceptionWords = Readonly<Partial<Record<ExceptionFlag, string | readonly string[] | boolean>>>;

/**
 * The record of a special ask. Not given: `askedOn` is the day it is written, `neededBy` the day it starts, `demand` nobody else, and a
 * configuration lives in the config. Throws `UsageError` for what is missing, all of it at once, and for what the decision has no place for.
 */
export function newException(id: string, given: ExceptionWords, world: World, today: string): WrittenMap {
  const decision = decisionOf(given);
  const words = withDefaults(given, decision, today);
  const all = Object.entries(fields) as [ExceptionFlag, Field][];
  const strange = all.find(([flag, { goesWith }]) => isGiven(words[flag]) && !(goesWith?.includes(decision) ?? true));
  if (strange)
    throw new UsageError(
      `--${strange[0]} does not go with --decision ${decision}`,
      `it goes with ${strange[1].goesWith?.join(' and ')}`,
    );
  const missing = missingFlags(given, decision);
  if (missing.length > 0)
    throw new UsageError(
      `still needed: ${missing.map((flag) => `--${flag}`).join(', ')}`,
      'proviso new exception --help says what each is for',
    );
  const record = all.map(([flag, field]) => [field.key, readField(field, words[flag], world)]);
  return { id, ...Object.fromEntries(record) };
}

const withDefaults = (given: ExceptionWords, decision: Decision, today: string): ExceptionWords => ({
  ...given,
  'asked-on': given['asked-on'] ?? today,
  'needed-by': given['needed-by'] ?? given.starts,
  demand: given.demand ?? '',
  'lives-in': given['lives-in'] ?? (decision === 'configuration' ? 'config' : undefined),
});

/** The flags a record of this decision is not whole without, in the order of its keys. */
export function missingFlags(given: ExceptionWords, decision: Decision): ExceptionFlag[] {
  const words = withDefaults(given, decision, 'today');
  return exceptionFlags.filter((flag) => {
    const field: Field = fields[flag];
    return field.needed && !isGiven(words[flag]) && (field.goesWith?.includes(decision) ?? true);
  });
}

/** Throws `UsageError` for words that a flag cannot mean. */
export function checkFlag(flag: ExceptionFlag, words: string, world: World): void {
  const field: Field = fields[flag];
  readField(field, field.readAll ? [words] : words, world);
}

function decisionOf({ decision }: ExceptionWords): Decision {
  const found = decisions.find((known) => known === decision);
  if (found) return found;
  throw new UsageError(`--decision is one of ${decisions.join(', ')}`);
}

const isGiven = (words: ExceptionWords[ExceptionFlag]): boolean =>
  words !== undefined && words !== false && !(Array.isArray(words) && words.length === 0);

function readField(field: Field, words: ExceptionWords[ExceptionFlag], world: World): Written | undefined {
  if (!isGiven(words)) return undefined;
  if (typeof words === 'object' && field.readAll) return field.readAll(words, world);
  return field.read(String(words), world.settings);
}

/** Settings and actions, told apart by their names. An action need not exist: it may be what was refused. */
function parseRefused(words: readonly string[], { settings, roles }: World): Written {
  const names = words.flatMap(parseList);
  const known = new Set([
    ...Object.keys(settings),
    ...Object.values(roles?.data.roles ?? {}).flatMap(({ may }) => may),
  ]);
  for (const name of names) {
    const meant = known.has(name) ? undefined : nearest(name, known);
    if (meant) throw new UsageError(`there is no setting and no action ${name}; did you mean ${meant}?`);
  }
  const isSetting = (name: string) => Object.hasOwn(settings, name);
  const refused = { settings: names.filter(isSetting), actions: names.filter((name) => !isSetting(name)) };
  return Object.fromEntries(Object.entries(refused).filter(([, list]) => list.length > 0));
}
