/**
 * `write-peer-inputs <root> <folder>`: a repository as others read it. `customers.json` has plans and, of each customer, the plan and what
 * exceptions set; `customers.yaml` is all customer files as one stream; `pkl/` has for each customer all that its file says, amending a template.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkingTree } from '../../../engine/io/read-repository.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { readCatalogue } from '../../../engine/read-catalogue.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { pklCustomer, pklFiles } from './pkl-text.ts';
import { tell } from './tell.ts';

const [root = '.', folder = '.'] = process.argv.slice(2);

/** What others merge: days, quantities, add-ons and stages are left out, which none of them knows. */
export interface PeerCustomer {
  id: string;
  name: string;
  plan: string;
  overrides: Record<string, unknown>;
}

const { files, hasSettings } = readWorkingTree(root);
const { settings = {} } = readCatalogue(files, hasSettings);
const { model } = await loadModel(files, settings);

function peerOf(id: string, { name, plan, contracts = [], exceptions = [] }: Customer): PeerCustomer {
  const set = exceptions.map((exception) => ('set' in exception ? exception.set : {}));
  return { id, name, plan: contracts.at(-1)?.plan ?? plan, overrides: Object.assign({}, ...set) };
}

const customers = [...model.customers].map(([id, { data }]) => peerOf(id, data));
const plans = Object.fromEntries([...model.world.plans].map(([id, { data }]) => [id, data.settings ?? {}]));

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'customers.json'), JSON.stringify({ plans, customers }));
const texts = files
  .filter(({ path }) => path.startsWith('customers/'))
  .map(({ bytes }) => Buffer.from(bytes).toString());
writeFileSync(join(folder, 'customers.yaml'), texts.join('---\n'));
for (const [name, text] of Object.entries(pklFiles(plans))) {
  mkdirSync(join(folder, 'pkl', 'customers'), { recursive: true });
  writeFileSync(join(folder, 'pkl', name), text);
}
for (const [index, { id, data }] of [...model.customers.values()].entries()) {
  const shard = join(folder, 'pkl', 'customers', String(index % 100));
  if (index < 100) mkdirSync(shard);
  writeFileSync(join(shard, `${id}.pkl`), pklCustomer(data));
}
tell(customers.length);
