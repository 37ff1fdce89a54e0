import type { Customer } from '../../schemas/customer.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { Pointer } from '../document.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';
import { plainWords } from './facts/plain-words.ts';

export const check = defineCheck({
  name: 'limit-in-promise',
  summary: 'words of an agreement promise a limit of the product, where nothing holds it: seats, calls, space',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: {
      'customers/acme.yaml':
        'contracts: [{ id: C-1, plan: studio@2, starts: 2026-12-01, promises: [{ what: 700 seats for the whole group, owner: team-cs }] }]',
    },
    ignores: {
      'customers/acme.yaml':
        'contracts: [{ id: C-1, plan: studio@2, starts: 2026-12-01, quantities: { seats: 700 }, promises: [{ what: a security review once a year, owner: team-cs }] }]',
    },
  },
  *find(change) {
    const { settings } = change.head.model.world;
    for (const { before, after } of change.customers) {
      if (!after) continue;
      const known = new Set(before ? agreedTexts(before.data).map(({ text }) => text) : []);
      for (const { text, at } of agreedTexts(after.data)) {
        const key = known.has(text) ? undefined : limitNamedIn(text, settings);
        if (key === undefined) continue;
        yield {
          at: placeIn(after, ...at),
          message: `“${text}” promises ${key}, which is a limit of the product: words do not switch it`,
          help: `write it where the product reads it: \`quantities: { ${key}: … }\` for what is bought, else an exception that sets ${key}`,
        };
      }
    }
  },
});

/** The free words of what is agreed: promises, and how support is reached. */
function agreedTexts({
  support,
  contracts = [],
  amendments = [],
  trials = [],
}: Customer): { text: string; at: Pointer }[] {
  const ofSupport = (terms: unknown, ...at: Pointer) =>
    ['hours', 'channel'].flatMap((key) => {
      const text = typeof terms === 'object' && terms !== null ? Reflect.get(terms, key) : undefined;
      return typeof text === 'string' ? [{ text, at: [...at, 'support', key] }] : [];
    });
  const ofPromises = (promises: unknown, ...at: Pointer) =>
    (Array.isArray(promises) ? (promises as { what: string }[]) : []).map(({ what }, index) => ({
      text: what,
      at: [...at, 'promises', index, 'what'],
    }));
  return [
    ...ofSupport(support),
    ...amendments.flatMap((amendment, index) => ofSupport(amendment.support, 'amendments', index)),
    ...trials.flatMap((trial, index) => ofSupport(trial.support, 'trials', index)),
    ...contracts.flatMap((contract, index) => [
      ...ofSupport(contract.support, 'contracts', index),
      ...ofPromises(contract.promises, 'contracts', index),
      ...(contract.amendments ?? []).flatMap((amendment, at) => [
        ...ofSupport(amendment.support, 'contracts', index, 'amendments', at),
        ...ofPromises(amendment.promises, 'contracts', index, 'amendments', at),
      ]),
    ]),
  ];
}

/** Units that also count what people do: `review within 5 days` names no retention. */
const everyday: ReadonlySet<string> = new Set([
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'year',
  'person',
  'session',
  'usd',
  'eur',
]);

/** A limit that a text gives an amount of: `700 seats`, `10,000 API calls`, `unlimited projects`, or by its key. */
function limitNamedIn(text: string, settings: Settings): string | undefined {
  const words = plainWords(text.replace(/(\d)[,.\s](?=\d{3}\b)/g, '$1'));
  for (const [key, setting] of Object.entries(settings)) {
    if (setting.kind !== 'limit') continue;
    if (new RegExp(`\\b${key}\\b`).test(text) && /[A-Z]/.test(key)) return key;
    const names = [setting.label ?? '', ...(everyday.has(setting.unit.toLowerCase()) ? [] : [setting.unit])].map(
      plainWords,
    );
    const isAmount = (word: string | undefined) => word !== undefined && /^(\d+k?|unlimited)$/.test(word);
    const isNamed = names.some(
      (name) =>
        name.length > 0 &&
        words.some(
          (_, at) => isAmount(words[at - 1]) && name.every((word, index) => isSameWord(words[at + index], word)),
        ),
    );
    if (isNamed) return key;
  }
  return undefined;
}

const isSameWord = (said: string | undefined, word: string): boolean =>
  said !== undefined && said.replace(/s$/, '') === word.replace(/s$/, '');
