import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'what to go through this week, with the next step of each',
  arguments: {},
  options: {
    since: { type: 'string', value: '7d|day|ref', summary: 'what counts as a new ask (default: 7d)' },
    within: { type: 'string', value: '30d', summary: 'what counts as soon (default: 30d)' },
    ref: { type: 'string', value: 'ref', summary: 'read a commit instead of the working tree' },
    issue: { type: 'boolean', summary: 'put it into the one open issue for it on GitHub' },
  },
  examples: ['proviso agenda', 'proviso agenda --format markdown', 'proviso agenda --since v41 --within 60d'],
  async run(context, _args, options) {
    const [
      { openCompany, errorsOver },
      { parseDays },
      { findNewAsks },
      { addDays },
      { agendaOf },
      { agendaText },
      { agendaMarkdown },
      { plain },
      { report },
    ] = await Promise.all([
      import('../open-company.ts'),
      import('../parse-days.ts'),
      import('../find-new-asks.ts'),
      import('../../runtime/terms/days.ts'),
      import('../../engine/views/agenda-of.ts'),
      import('../../engine/report/agenda-text.ts'),
      import('../../engine/report/agenda-markdown.ts'),
      import('../../engine/report/plain.ts'),
      import('../report.ts'),
    ]);
    const at = context.at.day;
    const until = addDays(at, parseDays('--within', options.within ?? '30d'));
    const { since, isNew } = await findNewAsks(context, options.since ?? '7d');
    const { company, repository, diagnostics } = await openCompany(context, options.ref);
    if (!company) return report(context, { diagnostics, sources: repository });
    const agenda = agendaOf(company, { until, isNew, diagnostics });
    const errors = [...diagnostics, ...errorsOver(company)].filter(({ severity }) => severity === 'error');
    const code = report(context, {
      // What is wrong is on the agenda, with its next step; people are not told twice.
      diagnostics: context.format === 'text' || context.format === 'markdown' ? [] : errors,
      sources: repository,
      json: () => ({ at, since, until, agenda }),
      text: () => agendaText(agenda, { at, since, until }),
      markdown: () => agendaMarkdown(agenda, { at, since, until }),
    });
    if (options.issue) {
      const { postIssue } = await import('../github/post-issue.ts');
      const body = agendaMarkdown(agenda, { at, since, until });
      const { url } = await postIssue(context, { kind: 'agenda', title: `Review of ${at}`, body });
      context.writeError(`Issue: ${plain(url)}\n`);
    }
    return errors.length > 0 ? 1 : code;
  },
});
