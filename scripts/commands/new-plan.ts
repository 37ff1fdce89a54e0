import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'write a plan version, new or from another',
  arguments: { plan: { summary: 'studio@3, or studio for its next version', required: true } },
  options: {
    from: { type: 'string', value: 'plan@n', summary: 'copy this plan, with its comments' },
    grandfather: { type: 'boolean', summary: 'the plan it comes from is no longer sold' },
    name: { type: 'string', value: 'name', summary: 'what people call it (a copy: the same)' },
    rank: { type: 'string', value: 'n', summary: 'its order: higher is an upgrade (a copy: the same)' },
    price: { type: 'string', value: '"49.00 USD month"', summary: 'what it costs' },
    free: { type: 'boolean', summary: 'it costs nothing' },
    'contact-sales': { type: 'boolean', summary: 'it is priced deal by deal' },
    formula: { type: 'string', value: 'text', summary: 'its price in words' },
    setting: { type: 'strings', value: 'seats=5', summary: 'what differs from the defaults' },
    unit: { type: 'strings', value: 'seats=9.00', summary: 'what is sold by the unit, and its price' },
    'dry-run': { type: 'boolean', summary: 'print what would be written' },
  },
  examples: [
    'proviso new plan studio --from studio@2 --price "59.00 USD month" --grandfather',
    'proviso new plan team@1 --name Team --rank 25 --price "99.00 USD month" --setting seats=10 --unit seats=9.00',
  ],
  async complete(context, words) {
    const { completePlan } = await import('../complete-plan.ts');
    return completePlan(context, words);
  },
  async run(context, { plan }, options) {
    const [{ openForEditing, proposeEdits }, { newPlan }] = await Promise.all([
      import('../propose-edits.ts'),
      import('../../engine/edit/new-plan.ts'),
    ]);
    const repository = await openForEditing(context);
    if (typeof repository === 'number') return repository;
    const { setting, unit, 'contact-sales': contactSales, ...words } = options;
    const made = newPlan(
      { ...words, plan, settings: setting, units: unit, contactSales },
      repository.model,
      repository.files,
    );
    return proposeEdits(
      context,
      repository,
      { edits: made.edits, customers: [], what: `plan ${made.plan}`, json: { id: made.plan } },
      options['dry-run'],
    );
  },
});
