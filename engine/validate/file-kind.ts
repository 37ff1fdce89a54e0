import { type KindName, kindNames, kinds } from '../../schemas/kinds.ts';
import type { Severity } from '../diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';

/** What a file is by its path: one to read, one to say something about, or none of ours. */
export type FileKind = { kind: KindName; id: string; remark?: Remark } | { remark: Remark } | undefined;

/** An error means that the file is judged, and left out. */
interface Remark {
  rule: string;
  severity: Severity;
  message: string;
  help?: string;
}

const CUSTOMER_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const PLAN_ID = /^[a-z][a-z0-9-]*@[1-9][0-9]*$/;

const policies = new Map<string, KindName>(
  kindNames.flatMap((kind) => {
    const { files } = kinds[kind];
    return 'path' in files ? [[files.path, kind] as const] : [];
  }),
);
const policyNames = [...policies.values()];

/** Judges a path relative to the root. `id`: the customer's, the plan's with its version, or the policy's name. */
export function fileKind(path: string): FileKind {
  const customer = customerIn(path);
  if (customer) return customer;
  const [room, ...rest] = path.split('/');
  const name = rest.at(-1);
  if (name === undefined || name === 'README.md' || name.startsWith('.')) return undefined;
  if (room !== 'customers' && room !== 'plans' && room !== 'policies') return undefined;
  const policy = policies.get(path);
  if (policy) return { kind: policy, id: policy };
  if (!name.endsWith('.yaml')) return { remark: strangeFile(name) };
  const id = name.slice(0, -'.yaml'.length);
  if (room === 'customers') {
    return { kind: 'customer', id, ...(!CUSTOMER_ID.test(id) && { remark: wrongCustomerId(id) }) };
  }
  if (rest.length > 1) return { remark: nested(room, name) };
  if (room === 'plans') return { kind: 'plan', id, ...(!PLAN_ID.test(id) && { remark: wrongPlanId(id) }) };
  return { remark: unknownPolicy(id) };
}

/** Nearly all files are customers, named as they should be. */
function customerIn(path: string): FileKind {
  if (!path.startsWith('customers/') || !path.endsWith('.yaml')) return undefined;
  const id = path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length);
  return CUSTOMER_ID.test(id) ? { kind: 'customer', id } : undefined;
}

function strangeFile(name: string) {
  const stem = name.replace(/\.ya?ml.*$/i, '');
  const isYaml = stem !== name;
  return {
    rule: 'strange-file',
    // Terms that nobody reads would be missed on the day they are needed.
    severity: /\.ya?ml$/i.test(name) ? ('error' as const) : ('warning' as const),
    message: 'this file is not read',
    help: isYaml ? `rename it to ${stem}.yaml` : 'only .yaml files are read here; move it elsewhere',
  };
}

function wrongCustomerId(id: string) {
  const better = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return {
    rule: 'customer-id',
    severity: 'error' as const,
    message: 'the file name is not a customer id: lower-case letters, digits and dashes, at most 63, not a dash first',
    // A letter that only looks like one of ours must not be guessed.
    ...(isAscii(id) && CUSTOMER_ID.test(better) && { help: `rename it to ${better}.yaml` }),
  };
}

function wrongPlanId(id: string) {
  const better = id.toLowerCase().replace(/[^a-z0-9@]+/g, '-');
  return {
    rule: 'plan-id',
    severity: 'error' as const,
    message: 'the file name is not a plan with its version, such as studio@2.yaml',
    ...(PLAN_ID.test(`${better}@1`) && { help: `rename it to ${better}@1.yaml` }),
  };
}

const isAscii = (text: string) => [...text].every((character) => character.charCodeAt(0) < 128);

const nested = (room: string, name: string) => ({
  rule: 'strange-file',
  severity: 'error' as const,
  message: `this file is not read: ${room} have no folders`,
  help: `move it to ${room}/${name}`,
});

function unknownPolicy(name: string) {
  return {
    rule: 'unknown-policy',
    severity: 'warning' as const,
    message: `there is no policy \`${name}\`, so this file is not read${didYouMean(name, policyNames)}`,
    help: `policies are ${policyNames.join(', ')}`,
  };
}
