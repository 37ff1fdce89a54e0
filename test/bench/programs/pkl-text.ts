/** Plans and customers as modules of Pkl. */
import type { Customer } from '../../../schemas/customer.ts';

/** Objects whose keys are data; of all others they are named by their class. */
const MAPPINGS: ReadonlySet<string> = new Set([
  'add',
  'details',
  'externalIds',
  'firstResponseHours',
  'quantities',
  'set',
  'unitPrices',
]);

/** Pkl reads what JSON writes, but for the escapes of code points. */
const text = (value: string): string => JSON.stringify(value).replace(/\\u([0-9a-f]{4})/g, '\\u{$1}');

const scalar = (value: unknown): string => (typeof value === 'string' ? text(value) : JSON.stringify(value));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What a property or an element is given. */
function given(value: unknown, isMapping: boolean): string {
  if (Array.isArray(value)) return `new Listing {\n${value.map((each) => `${given(each, false)}\n`).join('')}}`;
  if (!isObject(value)) return scalar(value);
  return `new {\n${isMapping ? entries(value) : properties(value)}}`;
}

const entries = (value: object): string =>
  Object.entries(value)
    .map(([key, each]) => `[${text(key)}] = ${given(each, false)}\n`)
    .join('');

/** Lists and mappings are there in the template, and amended; where it has none, there is a new object. */
const properties = (value: object): string =>
  Object.entries(value)
    .map(([name, each]) => {
      if (Array.isArray(each)) return `${name} {\n${each.map((one) => `${given(one, false)}\n`).join('')}}\n`;
      if (isObject(each) && MAPPINGS.has(name)) return `${name} {\n${entries(each)}}\n`;
      return `${name} = ${given(each, false)}\n`;
    })
    .join('');

/** The whole of a customer's file with types and constraints, as somebody would write them who keeps customers in Pkl. */
const TEMPLATE = String.raw`module customer

typealias Text = String(!isEmpty)
typealias Day = String(matches(Regex(#"\d{4}-\d\d-\d\d"#)))
typealias Money = String(matches(Regex(#"\d+(\.\d+)?"#)))
typealias PlanRef = String(matches(Regex("[a-z0-9-]+@[0-9]+")))
typealias Key = String(matches(Regex("[a-zA-Z0-9]+")))
typealias Count = Int(this >= 0)

class Discount { percent: Money?; amount: Money?; until: Day? }
class Credit { on: Day; amount: Money; reason: Text; until: Day? }
class Commitment { setting: Key; quantity: Count; per: Text; amount: Money; overage: Money? }
class Tax { rate: Money }
class Billing {
  method: Text?
  interval: Text?
  purchaseOrder: Text?
  paymentTerms: Text?
  usage: Text?
  tax: (*Tax|Text)?
  discount: Discount?
  unitPrices: Mapping<Key, Money>
  credits: Listing<Credit>
  commitments: Listing<Commitment>
}
class SlaCredit { uptimeBelow: Money; percent: Money }
class Support {
  channel: Text?
  hours: Text?
  contacts: Listing<Text>
  firstResponseHours: Mapping<Key, Count>
  slaCredits: Listing<SlaCredit>
}
class Renewal { kind: Text; noticeDays: Count?; months: Count?; maxIncreasePercent: Money? }
class Amendment {
  on: Day
  ends: Day?
  plan: PlanRef?
  because: Text?
  quantities: Mapping<Key, Count>
  billing: Billing?
  renewal: Renewal?
}
class Promise { what: Text; owner: Text; livesIn: Text; runbook: Text? }
class Contract {
  id: Text
  plan: PlanRef
  signed: Day?
  starts: Day
  ends: Day?
  renewal: Renewal?
  quantities: Mapping<Key, Count>
  billing: Billing?
  support: Support?
  promises: Listing<Promise>
  amendments: Listing<Amendment>
}
class Trial {
  kind: Text
  plan: PlanRef
  starts: Day
  ends: Day
  quantities: Mapping<Key, Count>
  billing: Billing?
  groups: Listing<Text>
}
class AddOn { id: Key; starts: Day?; ends: Day?; quantity: Count? }
class Status { stage: Text; since: Day; until: Day?; because: Text? }
class Service { id: Text; on: Day; price: Money }
class Group { name: Text; roles: Listing<Text>; may: Listing<Text> }
class Access { groups: Listing<Group> }
class Worth { amount: Money; currency: String(length == 3); per: Text }
class Price { amount: Money; currency: String(length == 3) }
class Rule { action: Key; approver: Text?; only: Listing<Text> }
class Refusal { settings: Listing<Key>; actions: Listing<Key> }
class Terms { billing: Billing?; support: Support? }
class Exception {
  id: Text
  need: Text
  kind: Text
  area: Text?
  askedBy: Text
  askedOn: Day
  neededBy: Day?
  worth: Worth?
  demand: Listing<Text>
  usedBy: Text?
  because: Text
  owner: Text
  handledBy: Text?
  livesIn: Text?
  runbook: Text?
  tracking: Text?
  buildHours: Count?
  hoursPerMonth: Count?
  decision: Text
  offer: Text?
  price: Price?
  set: Mapping<Key, Int(this >= 0)|Boolean|String|Listing<Text>>
  add: Mapping<Key, Count>
  access: Listing<Rule>
  terms: Terms?
  refuses: Refusal?
  settings: Listing<Key>
  starts: Day?
  ends: Day?
  expires: Text?
  onUpgrade: Text?
  onDowngrade: Text?
  onLapse: Text?
}

name: Text
account: Text?
aliases: Listing<Text>
domains: Listing<String(contains("."))>
externalIds: Mapping<Key, Text>
accountOwner: Text?
plan: PlanRef
details: Mapping<Key, Text>
billing: Billing?
quantities: Mapping<Key, Count>
trials: Listing<Trial>
contracts: Listing<Contract>
amendments: Listing<Amendment>
addOns: Listing<AddOn>
services: Listing<Service>
statuses: Listing<Status>
access: Access?
exceptions: Listing<Exception>

hidden fixed planNow: PlanRef = contracts.toList().lastOrNull?.plan ?? plan
hidden fixed overrides: Map = exceptions.toList().fold(Map(), (all, each) -> all + each.set.toMap())
`;

/** Of each customer its file, checked, and its values: of the plan, with what exceptions set. */
const MAIN = `import "plans.pkl"
local found = import*("customers/*/*.pkl")
customers = found.toMap().mapValues((_, customer) -> new Dynamic {
  file = customer
  values = plans.all[customer.planNow].toMap() + customer.overrides
})
output { renderer = new JsonRenderer { indent = "" } }
`;

/** The files beside those of the customers, by their names. */
export const pklFiles = (plans: Readonly<Record<string, Record<string, unknown>>>): Record<string, string> => ({
  'customer.pkl': TEMPLATE,
  'main.pkl': MAIN,
  'plans.pkl': `all: Mapping<String, Mapping<String, Any>> = new {\n${Object.entries(plans)
    .map(([id, settings]) => `[${text(id)}] {\n${entries(settings)}}\n`)
    .join('')}}\n`,
});

export const pklCustomer = (customer: Customer): string => `amends "../../customer.pkl"\n${properties(customer)}`;
