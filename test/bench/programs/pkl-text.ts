/** Plans and customers as modules of Pkl. */
import type { PeerCustomer } from './write-peer-inputs.ts';

const mapping = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([key, value]) => `  [${text(key)}] = ${literal(value)}\n`)
    .join('');

/** Pkl reads what JSON writes, but for the escapes of code points. */
const text = (value: string): string => JSON.stringify(value).replace(/\\u([0-9a-f]{4})/g, '\\u{$1}');

function literal(value: unknown): string {
  if (Array.isArray(value)) return `List(${value.map(literal).join(', ')})`;
  if (typeof value === 'string') return text(value);
  return typeof value === 'object' && value !== null
    ? `Map(${Object.entries(value)
        .flatMap(([key, part]) => [text(key), literal(part)])
        .join(', ')})`
    : JSON.stringify(value);
}

const TEMPLATE = `module customer
name: String(!isEmpty)
plan: String(matches(Regex("[a-z0-9-]+@[0-9]+")))
overrides: Mapping<String(matches(Regex("[a-zA-Z]+"))), Int(this >= 0)|Boolean|String|List|Map>
`;

const MAIN = `import "plans.pkl"
local found = import*("customers/*/*.pkl")
customers = found.toMap().mapValues((_, customer) -> plans.all[customer.plan].toMap() + customer.overrides.toMap())
output { renderer = new JsonRenderer { indent = "" } }
`;

/** The files beside those of the customers, by their names. */
export const pklFiles = (plans: Readonly<Record<string, Record<string, unknown>>>): Record<string, string> => ({
  'customer.pkl': TEMPLATE,
  'main.pkl': MAIN,
  'plans.pkl': `all: Mapping<String, Mapping<String, Any>> = new {\n${Object.entries(plans)
    .map(([id, settings]) => `[${text(id)}] {\n${mapping(settings)}}\n`)
    .join('')}}\n`,
});

export const pklCustomer = ({ name, plan, overrides }: PeerCustomer): string =>
  `amends "../../customer.pkl"\nname = ${text(name)}\nplan = ${text(plan)}\noverrides {\n${mapping(overrides)}}\n`;
