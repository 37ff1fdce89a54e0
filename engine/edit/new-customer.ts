import { didYouMean } from '../did-you-mean.ts';
import type { Model } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { type Edit, newFile } from './edit-file.ts';
import { parseAmounts } from './parse-words.ts';

export interface CustomerWords {
  id: string;
  name: string;
  plan: string;
  /** Below `customers/`; without it, the plan's name. */
  folder?: string | undefined;
  billing?: string | undefined;
  /** `seats=7` */
  quantities: readonly string[];
  account?: string | undefined;
  owner?: string | undefined;
}

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** The file of a customer who is new. `paths`: every file there is. Throws `UsageError` for words that cannot be meant. */
export function newCustomer(words: CustomerWords, model: Model, paths: readonly string[]): Edit {
  const { id, name, plan, account, billing } = words;
  checkFreeId(id, paths);
  checkSold(plan, model);
  const folder = (words.folder ?? plan.slice(0, plan.indexOf('@'))).replace(/^customers\/|\/+$/g, '');
  if (!FOLDER.test(folder)) throw new UsageError(`"${folder}" is no folder below customers/`, 'such as enterprise');
  const quantities = parseAmounts(words.quantities, 'quantity', model.world.settings);
  return newFile(`customers/${folder}/${id}.yaml`, 'customer', {
    name,
    account,
    accountOwner: words.owner,
    plan,
    ...(Object.keys(quantities).length > 0 && { quantities }),
    ...(billing && { billing: { method: billing } }),
  });
}

/** Throws `UsageError` for what is no customer id, and for one that is taken. `paths`: every file there is. */
export function checkFreeId(id: string, paths: readonly string[]): void {
  if (!ID.test(id))
    throw new UsageError(
      `"${id}" is no customer id: lower-case letters, digits and dashes, at most 63, not a dash first`,
      'such as pixel-and-co',
    );
  const other = paths.find((path) => path.startsWith('customers/') && path.toLowerCase().endsWith(`/${id}.yaml`));
  if (other) throw new UsageError(`there is a customer ${id} already: ${other}`);
}

/** Throws `UsageError` for a plan there is not, and for one that nobody new gets. */
export function checkSold(plan: string, model: Model): void {
  const { plans } = model.world;
  const found = plans.get(plan);
  const sold = [...plans.values()].filter(({ data }) => data.sold !== false).map(({ id }) => id);
  if (!found)
    throw new UsageError(`there is no plan ${plan}${didYouMean(plan, plans.keys())}`, `sold are ${sold.join(', ')}`);
  if (found.data.sold !== false) return;
  const name = plan.slice(0, plan.indexOf('@') + 1);
  const next = sold.filter((id) => id.startsWith(name)).at(-1);
  throw new UsageError(`${plan} is no longer sold: who has it keeps it, nobody new gets it`, next && `use ${next}`);
}
