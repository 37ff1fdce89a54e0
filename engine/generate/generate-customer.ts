import * as account from './accounts.ts';
import { type Company, companyOf } from './company.ts';
import * as contract from './contracts.ts';
import { yamlText } from './yaml-text.ts';

/** How many of a hundred customers have which shape: most are small, a few hold most of the lines. */
const shares: readonly [shape: (company: Company) => account.Terms, share: number][] = [
  [account.selfServe, 34],
  [account.included, 9],
  [account.goodwill, 3],
  [account.free, 7],
  [account.grandfathered, 4],
  [account.menuBuyer, 5],
  [account.seasonal, 3],
  [account.trial, 3],
  [account.pilot, 3],
  [account.paidTrial, 2],
  [account.latePayer, 3],
  [account.closedShop, 2],
  [contract.manualContract, 6],
  [contract.ramp, 4],
  [contract.dedicated, 1],
  [contract.monthToMonth, 2],
  [contract.renewed, 3],
  [contract.returned, 1],
  [contract.converted, 2],
  [contract.largeDeal, 2],
  [contract.leaver, 1],
];
const hundred = shares.flatMap(([shape, share]) => Array.from({ length: share }, () => shape));

/** Any hundred customers in a row have every shape, in an order in which neighbours differ. */
const shapeOf = (index: number) => hundred[(index * 37) % hundred.length] as (typeof hundred)[number];

const MODELINE = '# yaml-language-server: $schema=../../schemas/generated/customer.schema.json\n';
const SHARDS = 100;

/**
 * The file of an invented customer by its number (0, 1, …): valid with the plans and the menu of the sample company.
 * It depends on the seed and the number only, so a larger repository begins with the customers of a smaller one.
 */
export function generateCustomer(seed: number, index: number): { path: string; text: string } {
  const company = companyOf(seed, index);
  const { exceptions = [], ...terms } = shapeOf(index)(company);
  const numbered = exceptions.map((exception, position) => ({ id: `EX-${index}-${position + 1}`, ...exception }));
  const data = { name: company.name, ...terms, ...(numbered.length > 0 && { exceptions: numbered }) };
  const shard = String(Math.floor(index / SHARDS) % SHARDS).padStart(2, '0');
  return { path: `customers/${shard}/${company.id}.yaml`, text: MODELINE + yamlText(data) };
}
