import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'write the file of a new customer',
  arguments: { id: { summary: 'the file name and id, such as pixel-and-co', required: true } },
  options: {
    name: { type: 'string', required: true, summary: 'what people call it' },
    plan: { type: 'string', value: 'plan@n', required: true, summary: 'the base plan' },
    folder: { type: 'string', value: 'folder', summary: 'below customers/ (default: the plan’s name)' },
    billing: { type: 'string', value: 'method', oneOf: ['card', 'invoice', 'manual'], summary: 'how it pays' },
    quantity: { type: 'strings', value: 'seats=7', summary: 'a total, of what the plan sells by the unit' },
    account: { type: 'string', value: 'id', summary: 'the product’s own id, where it is another' },
    owner: { type: 'string', value: 'who', summary: 'who looks after the account' },
    'dry-run': { type: 'boolean', summary: 'print what would be written' },
  },
  examples: [
    'proviso new customer pixel-and-co --name "Pixel & Co" --plan studio@2 --billing card --quantity seats=7',
    'proviso new customer quarry-labs --name "Quarry Labs" --plan starter@1 --folder enterprise --owner team-cs',
  ],
  async complete(context, words) {
    const { completeCustomer } = await import('../complete-customer.ts');
    return completeCustomer(context, words);
  },
  async run(context, { id }, { name, plan, folder, billing, quantity, account, owner, 'dry-run': isDryRun }) {
    const [{ openForEditing, proposeEdits }, { newCustomer }] = await Promise.all([
      import('../propose-edits.ts'),
      import('../../engine/edit/new-customer.ts'),
    ]);
    const repository = await openForEditing(context);
    if (typeof repository === 'number') return repository;
    const words = { id, name, plan, folder, billing, quantities: quantity, account, owner };
    const edit = newCustomer(words, repository.model, repository.paths());
    return proposeEdits(
      context,
      repository,
      { edits: [edit], customers: [id], what: `customer ${id}`, json: { id } },
      isDryRun,
    );
  },
});
