import type { Plan } from '../../schemas/plan.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Entry, Model } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import { UsageError } from '../usage-error.ts';
import { type Change, type Edit, editFile, newFile } from './edit-file.ts';
import { parseMoney, parseNumber, parsePrices, parseSettings } from './parse-words.ts';
import type { WrittenMap } from './write-yaml.ts';

export interface PlanWords {
  /** `studio@3`, or `studio` for its next version. */
  plan: string;
  name?: string | undefined;
  rank?: string | undefined;
  /** The plan to copy, with its comments. */
  from?: string | undefined;
  free: boolean;
  contactSales: boolean;
  formula?: string | undefined;
  /** `49.00 USD month` */
  price?: string | undefined;
  /** `seats=5` */
  settings: readonly string[];
  /** `seats=9.00`: what is sold by the unit. */
  units: readonly string[];
  /** The plan it comes from is no longer sold. */
  grandfather: boolean;
}

/** The file of a plan version that is new, and what changes in the one it comes from. Throws `UsageError` for words that cannot be meant. */
export function newPlan(words: PlanWords, model: Model, files: readonly SourceFile[]): { plan: string; edits: Edit[] } {
  const plan = refOf(words.plan, model);
  const path = `plans/${plan}.yaml`;
  if (files.some((file) => file.path.toLowerCase() === path))
    throw new UsageError(`there is a plan ${plan} already: ${path}`);
  if (words.from === undefined) return { plan, edits: [planFromWords(path, words, model)] };
  const from = model.world.plans.get(words.from);
  const source = files.find((file) => file.path === from?.document.path);
  if (!from || !source)
    throw new UsageError(`there is no plan ${words.from}${didYouMean(words.from, model.world.plans.keys())}`);
  // What the old version becomes is not what the new one becomes; mostly it is the new one.
  const changes = [...changesOf(words, from, model), { drop: 'becomes' }];
  const copy = editFile(source.path, source.bytes, changes);
  const edits: Edit[] = [{ path, after: copy.after, splices: [] }];
  if (words.grandfather && from.data.sold !== false)
    edits.push(editFile(source.path, source.bytes, [{ set: [], values: { sold: false }, after: 'rank' }]));
  return { plan, edits };
}

/** A plan with its version, from words that may leave it to the next one. Throws `UsageError` for what is no plan. */
export function refOf(words: string, { world }: Model): string {
  const [, name, version] = /^([a-z][a-z0-9-]*)(?:@([1-9][0-9]*))?$/.exec(words) ?? [];
  if (name === undefined)
    throw new UsageError(
      `"${words}" is no plan with its version`,
      'such as studio@3: lower-case letters, digits and dashes',
    );
  if (version !== undefined) return words;
  const versions = [...world.plans.keys()].filter((ref) => ref.startsWith(`${name}@`));
  return `${name}@${Math.max(0, ...versions.map((ref) => Number(ref.slice(name.length + 1)))) + 1}`;
}

const priceForms = 'say one of --price, --free, --contact-sales and --formula';

function planFromWords(path: string, words: PlanWords, { world }: Model): Edit {
  const { name, rank } = words;
  if (name === undefined || rank === undefined)
    throw new UsageError('a plan needs --name and --rank', 'or copy one: --from studio@2');
  if (words.grandfather)
    throw new UsageError('--grandfather needs --from: it ends the sale of the plan that is copied');
  const forms: WrittenMap[] = [
    ...(words.free ? [{ free: true }] : []),
    ...(words.contactSales ? [{ contactSales: true }] : []),
    ...(words.formula === undefined ? [] : [{ formula: words.formula }]),
    ...(words.price === undefined ? [] : [priceOf(words.price)]),
  ];
  const [form] = forms;
  if (!form || forms.length > 1)
    throw new UsageError(forms.length > 1 ? 'a plan has one price' : 'a plan needs a price', priceForms);
  const units = unitsOf(words, world.settings);
  return newFile(path, 'plan', {
    name,
    rank: parseNumber(rank, 'rank'),
    sold: true,
    settings: parseSettings(words.settings, 'setting', world.settings),
    price: { ...form, ...(Object.keys(units).length > 0 && { units }) },
  });
}

/** Throws `UsageError` for what is no amount with its currency and period. */
export function priceOf(words: string): WrittenMap {
  const { amount, currency, per } = parseMoney(words, 'price');
  if (per === undefined) throw new UsageError(`--price says how often it is paid, such as "${words} month"`);
  return { currency, per, amount };
}

const unitsOf = ({ units }: PlanWords, settings: Model['world']['settings']): Record<string, WrittenMap> =>
  Object.fromEntries(Object.entries(parsePrices(units, 'unit', settings)).map(([name, amount]) => [name, { amount }]));

/** What differs in the copy. A copy of a plan that is no longer sold is sold. */
function changesOf(words: PlanWords, { id, data }: Entry<Plan>, { world }: Model): Change[] {
  if (words.free || words.contactSales || words.formula !== undefined)
    throw new UsageError(
      'a copy keeps the form of its price',
      'change an amount with --price, or write a plan without --from',
    );
  if (words.price !== undefined && data.price.amount === undefined)
    throw new UsageError(`${id} has no amount that --price could change`, 'write a plan without --from');
  const settings = parseSettings(words.settings, 'setting', world.settings);
  const units = unitsOf(words, world.settings);
  const top: WrittenMap = {
    ...(words.name !== undefined && { name: words.name }),
    ...(words.rank !== undefined && { rank: parseNumber(words.rank, 'rank') }),
    ...(data.sold === false && { sold: true }),
  };
  const hasUnits = data.price.units !== undefined;
  const known = Object.entries(units).filter(([name]) => data.price.units?.[name] !== undefined);
  const added = Object.fromEntries(Object.entries(units).filter(([name]) => data.price.units?.[name] === undefined));
  const changes: Change[] = [
    { set: [], values: top },
    data.settings ? { set: ['settings'], values: settings } : { set: [], values: { settings }, after: 'rank' },
    { set: ['price'], values: words.price === undefined ? {} : priceOf(words.price) },
    ...known.map(([name, unit]): Change => ({ set: ['price', 'units', name], values: unit })),
    hasUnits ? { set: ['price', 'units'], values: added } : { set: ['price'], values: { units: added } },
  ];
  return changes.filter((change) => 'set' in change && !isNothing(change.values));
}

/** `{}`, and `{ units: {} }`. */
const isNothing = (values: WrittenMap): boolean =>
  Object.values(values).every(
    (value) => typeof value === 'object' && Object.keys(value).length === 0 && !Array.isArray(value),
  );
