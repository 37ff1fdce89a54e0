import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'what an upgrade, a lapse or another plan would do',
  arguments: { customer: { summary: 'an id or account; without it, with --from, everybody on a plan' } },
  options: {
    plan: { type: 'string', value: 'plan', summary: 'the plan they would have' },
    stage: {
      type: 'string',
      value: 'stage',
      summary: 'the stage they would be in',
      oneOf: ['trial', 'pilot', 'active', 'grace', 'pastDue', 'suspended', 'lapsed', 'closed'],
    },
    event: {
      type: 'string',
      value: 'event',
      summary: 'upgrade or downgrade (by --plan, else to the next plan sold), or lapse',
      oneOf: ['upgrade', 'downgrade', 'lapse'],
    },
    since: {
      type: 'string',
      value: 'day',
      summary: 'with --stage pastDue or suspended: the day it began (default: --at)',
    },
    quantity: { type: 'strings', value: 'setting=n', summary: 'what they would buy (default: as many as now)' },
    usage: {
      type: 'string',
      value: 'file.json',
      summary: 'what is in use: { "seats": 5 }, or by customer (so with --from)',
    },
    from: { type: 'string', value: 'plan', summary: 'everybody on this plan version moves to --plan' },
    ref: { type: 'string', value: 'ref', summary: 'read a commit instead of the working tree' },
  },
  examples: [
    'proviso simulate pixel-and-co --event upgrade',
    'proviso simulate quarry-labs --event lapse --at 2027-06-17 --usage usage.json',
    'proviso simulate ember-and-oak --stage pastDue --since 2026-11-01 --at 2026-12-01',
    'proviso simulate --from studio@1 --plan studio@2',
  ],
  async run(context, args, options) {
    if (args.customer === undefined) {
      const { simulateEverybody } = await import('../simulate-everybody.ts');
      return simulateEverybody(context, options);
    }
    const { simulateCustomer } = await import('../simulate-customer.ts');
    return simulateCustomer(context, args.customer, options);
  },
});
