/** What people say in a flag, as the data it stands for. Everything here throws `UsageError` for words it does not understand. */
import type { Setting, Settings } from '../../schemas/setting.ts';
import { termWords } from '../../schemas/term-words.ts';
import { didYouMean } from '../did-you-mean.ts';
import { readPlain } from '../document/plain.ts';
import { readDocument } from '../document.ts';
import { UsageError } from '../usage-error.ts';
import type { Written, WrittenMap } from './write-yaml.ts';

/** `csv,xlsx` */
export const parseList = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** `7`, `0.5`: as the language writes numbers. */
export function parseNumber(text: string, flag: string): number {
  const value = readPlain(text.trim());
  if (typeof value === 'number') return value;
  throw new UsageError(`--${flag} takes a number such as 5, not "${text}"`);
}

/** `seats=60` → its two sides. */
function splitPair(text: string, flag: string, example: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  throw new UsageError(`--${flag} is written ${example}, not "${text}"`);
}

const addPair = <Value>(
  pairs: Record<string, Value>,
  name: string,
  value: Value,
  flag: string,
): Record<string, Value> => {
  if (Object.hasOwn(pairs, name)) throw new UsageError(`--${flag} says ${name} twice`);
  return { ...pairs, [name]: value };
};

/** `seats=60`, `sso=true`, `exportFormats=csv,xlsx`: each value by the kind of its setting. */
export const parseSettings = (words: readonly string[], flag: string, settings: Settings): WrittenMap =>
  words.reduce<Record<string, Written>>((all, text) => {
    const [name, value] = splitPair(text, flag, 'setting=value');
    return addPair(all, name, valueOf(findSetting(name, settings), name, value), flag);
  }, {});

/** `seats=50`: numbers for limits, as added to one or bought. */
export const parseAmounts = (words: readonly string[], flag: string, settings: Settings): Record<string, number> =>
  words.reduce<Record<string, number>>((all, text) => {
    const [name, value] = splitPair(text, flag, 'setting=number');
    const { kind } = findSetting(name, settings);
    if (kind !== 'limit') throw new UsageError(`${name} is a ${kind}, and has no number`, `use --set ${name}=…`);
    return addPair(all, name, parseNumber(value, flag), flag);
  }, {});

/** `seats=9.00`: money for limits. */
export const parsePrices = (words: readonly string[], flag: string, settings: Settings): Record<string, string> =>
  words.reduce<Record<string, string>>((all, text) => {
    const [name, value] = splitPair(text, flag, 'setting=amount');
    findSetting(name, settings);
    return addPair(all, name, value, flag);
  }, {});

function findSetting(name: string, settings: Settings): Setting {
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (setting) return setting;
  throw new UsageError(
    `there is no setting ${name}${didYouMean(name, Object.keys(settings))}`,
    'settings are in schemas/settings.ts',
  );
}

function valueOf(setting: Setting, name: string, text: string): Written {
  switch (setting.kind) {
    case 'feature':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new UsageError(`${name} is a feature: it is true or false, not "${text}"`);
    case 'limit': {
      const value = text === 'unlimited' ? text : readPlain(text);
      if (value === 'unlimited' || typeof value === 'number') return value;
      throw new UsageError(`${name} is a limit: it is a number or unlimited, not "${text}"`);
    }
    case 'choice':
      if (setting.of.includes(text)) return text;
      throw new UsageError(`${name} is one of ${setting.of.join(', ')}, not "${text}"${didYouMean(text, setting.of)}`);
    case 'list':
      return parseList(text);
    default:
      return text;
  }
}

/** `49.00 USD month` or `49.00 USD a month`; `per` may be left out where it says nothing. */
export function parseMoney(text: string, flag: string): { amount: string; currency: string; per?: string } {
  const found = /^(\S+)\s+([A-Za-z]{3})(?:\s+(?:(?:a|per)\s+)?([a-z]+))?$/.exec(text.trim());
  const [, amount, currency, per] = found ?? [];
  if (amount === undefined || currency === undefined)
    throw new UsageError(
      `--${flag} is an amount, its currency and how often, such as "49.00 USD month", not "${text}"`,
    );
  return { amount, currency: currency.toUpperCase(), ...(per && { per }) };
}

const RULE_WORDS = ['only', 'approver', 'group'];

/** `inviteTeammates only=admin` or `exportReports approver=admin group="ground crew"`. */
export function parseAccess(text: string): WrittenMap {
  const [action = '', ...rest] = text.trim().match(/(?:"[^"]*"|\S)+/g) ?? [];
  const rule: Record<string, Written> = { action };
  for (const word of rest) {
    const [name, value] = splitPair(word, 'access', '"action only=role,role" or "action approver=role group=name"');
    if (!RULE_WORDS.includes(name))
      throw new UsageError(`an access rule says ${RULE_WORDS.join(', ')}, not ${name}${didYouMean(name, RULE_WORDS)}`);
    const bare = value.replaceAll('"', '');
    rule[name] = name === 'only' ? parseList(bare) : bare;
  }
  return rule;
}

const TERM_NUMBERS = /^support\.firstResponseHours(?:\.|$)/;
const TERM_LISTS = new Set(['support.contacts']);

/**
 * `support.firstResponseHours=4`, `billing.discount.percent=12`: terms by their path. What has lists of its own is written as in
 * a file: `support.slaCredits=[{ uptimeBelow: "99.9", percent: "5" }]`.
 */
export function parseTerms(words: readonly string[]): WrittenMap {
  const terms: Record<string, Written> = {};
  for (const text of words) {
    const [path, value] = splitPair(text, 'term', 'support.firstResponseHours=4');
    const steps = path.split('.');
    checkTermPath(path, steps);
    let at = terms;
    for (const step of steps.slice(0, -1)) {
      const below = Object.hasOwn(at, step) ? at[step] : undefined;
      if (below !== undefined && (typeof below !== 'object' || Array.isArray(below)))
        throw new UsageError(`--term says ${path} and also what it is part of`);
      const copy = { ...(below as Record<string, Written> | undefined) };
      at[step] = copy;
      at = copy;
    }
    const last = steps.at(-1) ?? path;
    if (Object.hasOwn(at, last)) throw new UsageError(`--term says ${path} twice`);
    at[last] = termValue(path, value);
  }
  return terms;
}

function checkTermPath(path: string, [area = '', word, ...rest]: readonly string[]): void {
  const words = area === 'billing' || area === 'support' ? Object.keys(termWords[area]) : undefined;
  if (!words)
    throw new UsageError(`a term begins with billing or support, not ${area}`, 'such as support.firstResponseHours=4');
  if (word === undefined || !words.includes(word) || [area, word, ...rest].some((step) => !/^[A-Za-z0-9]+$/.test(step)))
    throw new UsageError(`there is no term ${path}${didYouMean(word ?? '', words)}`, `${area} has ${words.join(', ')}`);
}

function termValue(path: string, text: string): Written {
  if (/^[[{]/.test(text)) {
    const bytes = new TextEncoder().encode(`value: ${text}\n`);
    const { document, diagnostics } = readDocument({ path: '--term', bytes, oid: '' });
    if (document) return (document.data as { value: Written }).value;
    throw new UsageError(
      `--term ${path} cannot be read: ${diagnostics[0]?.message ?? 'no value'}`,
      diagnostics[0]?.help,
    );
  }
  if (TERM_LISTS.has(path)) return parseList(text);
  const value = TERM_NUMBERS.test(path) ? readPlain(text) : text;
  return typeof value === 'number' ? value : text;
}
