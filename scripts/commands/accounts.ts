import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'who the customers are, as the scanner knows them',
  arguments: {},
  options: {
    hashed: { type: 'boolean', summary: 'a dictionary that finds the same and shows no names' },
    accounts: { type: 'string', value: 'file', summary: 'take them from a list instead of the customers here' },
    out: { type: 'string', value: 'file', summary: 'write it there; a dictionary keeps the salt it has there' },
  },
  examples: [
    'proviso accounts',
    'proviso accounts --out accounts.json',
    'proviso accounts --hashed --out ../product/.proviso-accounts.json',
  ],
  async run(context, _, options) {
    const [{ openAccounts }, { openAccountFile }, { report }, { accountsText }, { plural }] = await Promise.all([
      import('../open-accounts.ts'),
      import('../write-account-file.ts'),
      import('../report.ts'),
      import('../../engine/report/accounts-text.ts'),
      import('../../engine/report/plural.ts'),
    ]);
    const { accounts, model, diagnostics, sources } = await openAccounts(context, options.accounts);
    if (!accounts) return report(context, { diagnostics, sources });
    const file = await openAccountFile(context.folder, options.out);
    const written = `${plural(accounts.length, 'account')} written to ${options.out}\n`;
    if (!options.hashed) {
      await file.write(`${JSON.stringify(accounts, null, 2)}\n`);
      const text = options.out === undefined ? () => accountsText(accounts) : () => written;
      return report(context, { diagnostics, sources, json: () => ({ accounts }), text });
    }
    const { hashAccounts } = await import('../hash-accounts.ts');
    const hashed = hashAccounts(accounts, model, file.salt);
    const text = `${JSON.stringify(hashed.dictionary, null, 1)}\n`;
    await file.write(text);
    return report(context, {
      diagnostics: [...diagnostics, ...hashed.diagnostics],
      sources,
      json: () => hashed.dictionary,
      text: () => (options.out === undefined ? text : written),
    });
  },
});
