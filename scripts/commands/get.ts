import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'what the product would read of a customer',
  arguments: {
    customer: { summary: 'an id or account that has a file' },
    setting: { summary: 'only this setting' },
  },
  options: {
    account: { type: 'string', value: 'id', summary: 'an account, with or without a file' },
    plan: { type: 'string', value: 'plan', summary: 'the plan the product knows for the account' },
    quantities: { type: 'strings', value: 'setting=n', summary: 'what the account bought' },
  },
  examples: ['proviso get harbor-mutual seats', 'proviso get --account u_1 --plan studio@2 --quantities seats=7'],
  async run(context, args, options) {
    const [
      { openTerms },
      { TermsError },
      { openStore },
      { UsageError },
      { parseQuantities },
      { refuseUnpublished },
      { readerTrust },
    ] = await Promise.all([
      import('../../runtime/client/open-terms.ts'),
      import('../../runtime/client/terms-error.ts'),
      import('../../runtime/stores/registry.ts'),
      import('../../engine/usage-error.ts'),
      import('../parse-quantities.ts'),
      import('../refuse-unpublished.ts'),
      import('../open-signing.ts'),
    ]);
    const { account } = options;
    // With --account the first word is the setting.
    const [named, setting, more] =
      account === undefined ? [args.customer, args.setting] : [account, args.customer, args.setting];
    if (named === undefined)
      throw new UsageError('say which customer', '`proviso get <customer>`, or `--account <id> --plan <plan>`');
    if (more !== undefined)
      throw new UsageError(`"${more}" is one argument too many`, 'with --account the only word is a setting');
    if (account === undefined && (options.plan !== undefined || options.quantities.length > 0))
      throw new UsageError(
        '--plan and --quantities are what the product knows of an account',
        `name it with --account: \`proviso get --account ${named}\` and the rest`,
      );
    const { environment, channel } = context;
    const asked = async (error: unknown): Promise<never> => {
      if (error instanceof TermsError && error.code === 'notPublished') await refuseUnpublished(context);
      if (error instanceof TermsError) throw new UsageError(error.message, help[error.code]);
      throw error;
    };
    const store = await openStore(await context.storeUrl(), context.root);
    const trust = await readerTrust(context);
    const now = () => context.at.instant;
    // Of a day to come nobody knows how old the data will be then.
    const stale = context.at.instant > context.now() ? 'asPublished' : 'safeValues';
    const reading = { load: 'lazy', follow: false, stale } as const;
    const terms = await openTerms({ store, environment, channel, ...trust, ...reading, now }).catch(asked);
    try {
      const view =
        account === undefined
          ? await terms.customer(named)
          : await terms
              .account({
                account,
                ...(options.plan && { plan: options.plan }),
                quantities: parseQuantities(options.quantities),
              })
              .catch(asked);
      if (!view)
        throw new UsageError(
          `release ${terms.release.n} has no customer ${named}`,
          'an account without a file is read with `--account <id> --plan <plan>`',
        );
      if (setting !== undefined && !Object.hasOwn(view.values, setting))
        throw new UsageError(
          `release ${terms.release.n} has no setting ${setting}`,
          `it has ${Object.keys(view.values).join(', ')}`,
        );
      const { customer, release, plan, stage, drift, moved } = view;
      const value = setting === undefined ? undefined : view.values[setting];
      if (context.format === 'json') {
        const { instant } = context.at;
        const at = new Date(instant).toISOString();
        const settings = view.values;
        const answer = {
          customer,
          release,
          at,
          plan,
          stage,
          settings,
          ...(setting !== undefined && { value }),
          ...(drift && { drift }),
          ...(moved && { moved }),
        };
        context.writeOut(`${JSON.stringify({ ...answer, diagnostics: [] })}\n`);
        return 0;
      }
      if (drift)
        context.writeError(
          `${customer} has a file with plan ${plan}; the plan named here, ${drift.plan}, does not count.\n`,
        );
      if (moved) context.writeError(`${moved.from} became ${plan} on ${moved.on}.\n`);
      const { valueText } = await import('../../engine/report/value-text.ts');
      if (setting !== undefined) context.writeOut(`${valueText(value)}\n`);
      else {
        const { table } = await import('../../engine/report/table.ts');
        const rows = Object.entries(view.values).map(([key, each]) => [key, valueText(each)]);
        context.writeOut(
          `${customer}: ${plan}, ${stage}, release ${release}\n${table([{ title: 'setting' }, { title: 'value' }], rows)}`,
        );
      }
      return 0;
    } finally {
      await terms.close();
    }
  },
});

const help = {
  notPublished: 'publish first: `proviso publish`',
  otherPlace: 'check which store belongs to this environment and channel',
  unknownPlan: 'name one of those, with its version',
  planMissing: 'add `--plan <plan>`, such as `--plan studio@2`',
  badQuantity: 'correct `--quantities`',
  untrusted: 'check the keys folder, and who can write to the store',
  badKeys: 'check the keys folder',
  older: 'the store has gone back in time: publish again',
  needsNewerReader: 'upgrade proviso where it reads',
} as const;
