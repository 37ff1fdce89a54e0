import { isMachinery } from '../approve/is-machinery.ts';
import { list } from '../report/list.ts';
import { defineCheck } from './check.ts';

export const check = defineCheck({
  name: 'rules-with-customers',
  summary: 'one change alters rules or machinery and customers: nobody is to be judged by a rule that came along',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: {
      'policies/menu.yaml': 'addOns: { extraCalls: { plans: [studio], adds: { apiCalls: 90000 } } }',
      'customers/acme.yaml': 'addOns: [{ id: extraCalls }]',
    },
    ignores: { 'policies/menu.yaml': 'addOns: { extraCalls: { plans: [studio], adds: { apiCalls: 90000 } } }' },
  },
  *find({ base, files }) {
    // The first change of a repository brings everything.
    if (base.model.customers.size === 0) return;
    const customers = files.filter(({ path }) => isCustomer(path));
    const rules = files.filter(({ path }) => isMachinery(path));
    const [first] = rules;
    if (!first || customers.length === 0) return;
    yield {
      at: first.path,
      message: `this changes ${list(
        rules.map(({ path }) => path),
        3,
      )} and the customers in ${list(
        customers.map(({ path }) => path),
        3,
      )} at once`,
      help: 'make two changes of it, the rules first: each is then judged by what was there before it',
    };
  },
});

const isCustomer = (path: string): boolean => path.startsWith('customers/') && path.endsWith('.yaml');
