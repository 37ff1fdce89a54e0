import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'what ends or renews soon, and by when to give notice',
  arguments: { customer: { summary: 'only this one' } },
  options: {
    within: { type: 'string', value: '90d', summary: 'how far ahead (default: 90d)' },
    ics: { type: 'boolean', summary: 'as a calendar' },
    ref: { type: 'string', value: 'ref', summary: 'read a commit instead of the working tree' },
  },
  examples: [
    'proviso renewals',
    'proviso renewals --within 14d --at 2026-05-17',
    'proviso renewals --ics > renewals.ics',
  ],
  async run(context, args, options) {
    const [
      { openCompany, errorsOver },
      { findCustomer },
      { parseDays },
      { addDays },
      { findEndings },
      { renewalsText },
      { renewalsMarkdown },
      { diagnosticsMarkdown },
      { renewalsCalendar },
      { report },
    ] = await Promise.all([
      import('../open-company.ts'),
      import('../find-customer.ts'),
      import('../parse-days.ts'),
      import('../../runtime/terms/days.ts'),
      import('../../engine/views/find-endings.ts'),
      import('../../engine/report/renewals-text.ts'),
      import('../../engine/report/renewals-markdown.ts'),
      import('../../engine/report/diagnostics-markdown.ts'),
      import('../../engine/report/renewals-calendar.ts'),
      import('../report.ts'),
    ]);
    const at = context.at.day;
    const until = addDays(at, parseDays('--within', options.within ?? '90d'));
    const { company, repository, diagnostics } = await openCompany(context, options.ref);
    if (!company) return report(context, { diagnostics, sources: repository });
    const customer = args.customer === undefined ? undefined : findCustomer(company.model, args.customer);
    const endings = findEndings(company, until, customer);
    const page = { endings, at, until };
    const errors = [...diagnostics, ...errorsOver(company, customer)];
    return report(context, {
      diagnostics: errors,
      sources: repository,
      json: () => ({ at, until, renewals: endings }),
      ...(options.ics
        ? { text: () => renewalsCalendar(endings, at) }
        : {
            text: () => renewalsText(page),
            markdown: () => [diagnosticsMarkdown(errors), renewalsMarkdown(page)].filter(Boolean).join('\n'),
          }),
    });
  },
});
