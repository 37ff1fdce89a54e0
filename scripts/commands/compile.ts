import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'effective terms over time, as JSON',
  arguments: { customer: { summary: 'ids or accounts; without any, everybody', many: true } },
  options: {
    ref: { type: 'string', value: 'ref', summary: 'read a commit instead of the working tree' },
    out: { type: 'string', value: 'dir', summary: 'write a file for each customer' },
  },
  examples: ['proviso compile harbor-mutual', 'proviso compile --format json --out compiled'],
  async run(context, args, options) {
    const [
      { openRepository },
      { findCustomer },
      { compileModel },
      { timelineJson },
      { report },
      { timelineText },
      { plural },
    ] = await Promise.all([
      import('../open-repository.ts'),
      import('../find-customer.ts'),
      import('../../engine/compile/compile-model.ts'),
      import('../../engine/compile/timeline-json.ts'),
      import('../report.ts'),
      import('../../engine/report/timeline-text.ts'),
      import('../../engine/report/plural.ts'),
    ]);
    const repository = await openRepository(context, options.ref === undefined ? {} : { ref: options.ref });
    const { model, settings } = repository;
    if (Object.keys(settings).length === 0)
      return report(context, { diagnostics: repository.diagnostics, sources: repository });
    const only = args.customer.length > 0 ? args.customer.map((named) => findCustomer(model, named)) : undefined;
    const compiled = compileModel(model, only);
    const customers = [...compiled.customers].flatMap(([id, { timeline }]) =>
      timeline ? [timelineJson(timeline, model.customers.get(id)?.data.name ?? id, settings)] : [],
    );
    if (options.out !== undefined) {
      const { writeFolder } = await import('../../engine/io/write-folder.ts');
      writeFolder(
        context.root,
        options.out,
        customers.map((customer) => ({
          name: `${customer.customer}.json`,
          text: `${JSON.stringify(customer, null, 2)}\n`,
        })),
      );
    }
    return report(context, {
      diagnostics: [...repository.diagnostics, ...compiled.diagnostics],
      sources: repository,
      json: () => ({ customers }),
      text: () =>
        options.out === undefined
          ? customers.map((customer) => timelineText(customer, settings)).join('\n')
          : `${plural(customers.length, 'timeline')} written to ${options.out}\n`,
    });
  },
});
