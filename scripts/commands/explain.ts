import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'each value: from where, why, until when, who approved',
  arguments: {
    customer: { summary: 'an id or account', required: true },
    setting: { summary: 'only this setting' },
  },
  options: { ref: { type: 'string', value: 'ref', summary: 'read a commit instead of the working tree' } },
  examples: [
    'proviso explain harbor-mutual',
    'proviso explain quarry-labs sso --at 2026-06-03',
    'proviso explain harbor-mutual --env production',
  ],
  async run(context, args, options) {
    const [
      { openHead },
      { findCustomer },
      { compileModel },
      { explainCustomer },
      { report },
      { explanationText },
      { nearest },
      { UsageError },
      { findApprovals },
    ] = await Promise.all([
      import('../open-head.ts'),
      import('../find-customer.ts'),
      import('../../engine/compile/compile-model.ts'),
      import('../../engine/explain.ts'),
      import('../report.ts'),
      import('../../engine/report/explanation-text.ts'),
      import('../../engine/did-you-mean.ts'),
      import('../../engine/usage-error.ts'),
      import('../find-approvals.ts'),
    ]);
    const repository = await openHead(context, options.ref);
    const { model, settings } = repository;
    if (Object.keys(settings).length === 0)
      return report(context, { diagnostics: repository.diagnostics, sources: repository });
    const id = findCustomer(model, args.customer);
    const { setting } = args;
    if (setting !== undefined && !Object.hasOwn(settings, setting)) {
      const meant = nearest(setting, Object.keys(settings));
      throw new UsageError(
        `there is no setting ${setting}`,
        meant ? `did you mean ${meant}?` : 'settings are in schemas/settings.ts',
      );
    }
    const compiled = compileModel(model, [id]);
    const [entry, customer] = [model.customers.get(id), compiled.customers.get(id)];
    const isOfAnother = (path: string) => path.startsWith('customers/') && path !== entry?.document.path;
    const diagnostics = [...repository.diagnostics, ...compiled.diagnostics].filter(({ at }) => !isOfAnother(at.path));
    if (!entry || !customer?.timeline) return report(context, { diagnostics, sources: repository });
    const approvals = await findApprovals(context, entry, repository.commit);
    const whole = explainCustomer(entry, customer, model.world, context.at.day, approvals);
    const shown = setting === undefined ? whole : { ...whole, settings: { [setting]: whole.settings[setting] } };
    return report(context, {
      diagnostics,
      sources: repository,
      json: () => shown,
      text: () => explanationText(whole, settings, setting),
    });
  },
});
