import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'every exception on one page, and what to do about it',
  arguments: { customer: { summary: 'only this one, and what of it would stay' } },
  options: {
    customer: { type: 'string', value: 'id', summary: 'the same as the argument' },
    owner: { type: 'string', value: 'owner', summary: 'only what they keep true' },
    area: {
      type: 'string',
      value: 'place',
      summary: 'only this place',
      oneOf: ['onboarding', 'billing', 'support', 'access', 'hosting'],
    },
    since: { type: 'string', value: '90d|day', summary: 'asked for since then, by what was decided' },
    csv: { type: 'boolean', summary: 'for a spreadsheet' },
    ref: { type: 'string', value: 'ref', summary: 'read a commit instead of the working tree' },
  },
  examples: ['proviso exceptions', 'proviso exceptions copperline', 'proviso exceptions --since 90d --csv'],
  async run(context, args, options) {
    const [
      { openCompany, errorsOver },
      { findCustomer },
      { parseSince },
      { listExceptions },
      { exceptionTotals },
      { whatStays },
      { exceptionsText },
      { exceptionsCsv },
      { exceptionsMarkdown },
      { diagnosticsMarkdown },
      { report },
      { UsageError },
      { areas },
    ] = await Promise.all([
      import('../open-company.ts'),
      import('../find-customer.ts'),
      import('../parse-days.ts'),
      import('../../engine/views/list-exceptions.ts'),
      import('../../engine/views/exception-totals.ts'),
      import('../../engine/views/what-stays.ts'),
      import('../../engine/report/exceptions-text.ts'),
      import('../../engine/report/exceptions-csv.ts'),
      import('../../engine/report/exceptions-markdown.ts'),
      import('../../engine/report/diagnostics-markdown.ts'),
      import('../report.ts'),
      import('../../engine/usage-error.ts'),
      import('../../schemas/setting.ts'),
    ]);
    const at = context.at.day;
    const since = options.since === undefined ? undefined : parseSince('--since', options.since, at);
    if (args.customer !== undefined && options.customer !== undefined)
      throw new UsageError('the customer is named twice', 'name it once');
    const named = args.customer ?? options.customer;
    const { company, repository, diagnostics } = await openCompany(context, options.ref);
    if (!company) return report(context, { diagnostics, sources: repository });
    const customer = named === undefined ? undefined : findCustomer(company.model, named);
    const area = areas.find((place) => place === options.area);
    const exceptions = listExceptions(company, { customer, owner: options.owner, area, since });
    const totals = exceptionTotals(exceptions);
    const leaving = customer === undefined ? undefined : whatStays(company, customer, exceptions);
    const page = { at, exceptions, totals, since, leaving };
    const errors = [...diagnostics, ...errorsOver(company, customer)];
    return report(context, {
      diagnostics: errors,
      sources: repository,
      json: () => ({ at, ...(since !== undefined && { since }), exceptions, totals, ...(leaving && { leaving }) }),
      ...(options.csv
        ? { text: () => exceptionsCsv(exceptions) }
        : {
            text: () => exceptionsText(page),
            markdown: () => [diagnosticsMarkdown(errors), exceptionsMarkdown(page)].filter(Boolean).join('\n'),
          }),
    });
  },
});
