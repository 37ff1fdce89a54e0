import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'write the next contract, and what of it is still needed',
  arguments: { customer: { summary: 'the id or account', required: true } },
  options: {
    starts: { type: 'string', value: 'day', summary: 'its first day (default: the day after the last contract)' },
    ends: { type: 'string', value: 'day', summary: 'its last day (default: as long as before)' },
    keep: {
      type: 'strings',
      value: 'EX-0031=day|contract',
      summary: 'this exception is still needed, until then; its new record gets a new id',
    },
    drop: { type: 'strings', value: 'EX-0031', summary: 'this exception is not needed any more; it ends' },
    plan: { type: 'string', value: 'plan@n', summary: 'another plan (default: the same)' },
    quantity: { type: 'strings', value: 'seats=120', summary: 'another total (default: the same)' },
    renewal: { type: 'string', oneOf: ['manual', 'auto', 'none'], summary: 'what happens after its last day' },
    'notice-days': { type: 'string', value: 'n', summary: 'days of notice' },
    months: { type: 'string', value: 'n', summary: 'length of the term, and of the next ones' },
    'max-increase': { type: 'string', value: 'percent', summary: 'the most its price may rise at the next renewal' },
    signed: { type: 'string', value: 'day', summary: 'when it was signed' },
    id: { type: 'string', value: 'C-2027-004', summary: 'its id (default: the next free one of the year it starts)' },
    'dry-run': { type: 'boolean', summary: 'print what would be written' },
  },
  examples: [
    'proviso new renewal copperline --quantity seats=240 --keep EX-0015=contract',
    'proviso new renewal quarry-labs --starts 2027-06-03 --ends 2028-06-02 --drop EX-0016',
  ],
  async complete(context, { args, options }) {
    if (args.customer !== undefined) return { args, options };
    const [{ askCustomer }, { openFolder }] = await Promise.all([
      import('../ask-customer.ts'),
      import('../open-folder.ts'),
    ]);
    const { model } = await openFolder(context);
    return { args: { ...args, customer: await askCustomer(context.ask, model) }, options };
  },
  async run(context, { customer }, options) {
    const [{ openForEditing, findForEditing, proposeEdits, refuse }, { proposeRenewal }] = await Promise.all([
      import('../propose-edits.ts'),
      import('../propose-renewal.ts'),
    ]);
    const repository = await openForEditing(context);
    if (typeof repository === 'number') return repository;
    const entry = findForEditing(context, repository, customer);
    if (typeof entry === 'number') return entry;
    const propose = (words: typeof options) => proposeRenewal(repository, entry, words, context.at.day);
    let found = await propose(options);
    if ('questions' in found && context.ask) {
      const { answerStillNeeded } = await import('../answer-still-needed.ts');
      const { keep, drop } = await answerStillNeeded(context.ask, found);
      found = await propose({ ...options, keep: [...options.keep, ...keep], drop: [...options.drop, ...drop] });
    }
    if ('judged' in found) return (await refuse(context, found.judged)) ?? 1;
    if ('proposal' in found) return proposeEdits(context, repository, found.proposal, options['dry-run']);
    const { askStillNeeded } = await import('../ask-still-needed.ts');
    return askStillNeeded(context, found);
  },
});
