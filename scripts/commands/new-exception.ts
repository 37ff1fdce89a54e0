import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'record a special ask in a customer’s file',
  arguments: { customer: { summary: 'the id or account', required: true } },
  options: {
    decision: { type: 'string', value: 'what', summary: 'configuration, feature, service, promise or no' },
    need: { type: 'string', value: 'text', summary: 'the outcome in plain words, not the requested build' },
    because: { type: 'string', value: 'text', summary: 'why it was decided so' },
    set: { type: 'strings', value: 'seats=60', summary: 'configuration: what it sets' },
    add: { type: 'strings', value: 'seats=50', summary: 'configuration: what it adds to a limit' },
    access: {
      type: 'strings',
      value: 'rule',
      summary: 'configuration: "inviteTeammates only=admin" or "exportReports approver=admin group=finance"',
    },
    lowers: { type: 'boolean', summary: 'configuration: it is meant to be less than what it covers' },
    term: { type: 'strings', value: 'path=value', summary: 'promise: such as support.firstResponseHours=4' },
    starts: { type: 'string', value: 'day', summary: 'configuration, promise: its first day' },
    expires: { type: 'string', value: 'day|contract', summary: 'configuration, promise: its last day' },
    'on-upgrade': { type: 'string', value: 'keep|drop|ask|block', summary: 'configuration, promise' },
    'on-downgrade': { type: 'string', value: 'keep|drop|ask|block', summary: 'configuration, promise' },
    'on-lapse': { type: 'string', value: 'keep|drop|ask|block', summary: 'configuration, promise' },
    tracking: { type: 'string', value: 'id', summary: 'feature: where it is planned' },
    settings: { type: 'string', value: 'sso,scim', summary: 'feature: the settings it brings' },
    price: { type: 'string', value: '"6000.00 USD"', summary: 'service: what it costs' },
    ends: { type: 'string', value: 'day', summary: 'service: its last day' },
    offer: { type: 'string', value: 'text', summary: 'no: what was offered instead' },
    refuses: { type: 'strings', value: 'names', summary: 'no: the settings and actions that are refused' },
    kind: {
      type: 'string',
      value: 'kind',
      summary: 'legal, security, workflow, reporting, branding, commercial, support or hosting',
    },
    area: { type: 'string', value: 'area', summary: 'where it is not clear from what it sets' },
    'asked-by': { type: 'string', value: 'who', summary: 'who brought it' },
    'asked-on': { type: 'string', value: 'day', summary: 'when (default: the day of --at)' },
    'needed-by': { type: 'string', value: 'day', summary: 'until when (default: its first day)' },
    worth: { type: 'string', value: '"84000.00 USD year"', summary: 'the deal that depends on it' },
    demand: { type: 'string', value: 'a,b', summary: 'others who want the same (default: nobody)' },
    'used-by': { type: 'string', value: 'text', summary: 'who uses it, and how often' },
    owner: { type: 'string', value: 'who', summary: 'who keeps it true' },
    'handled-by': { type: 'string', value: 'who', summary: 'who answers when it breaks' },
    'lives-in': { type: 'string', value: 'config|code|manual', summary: 'where it lives (configuration: config)' },
    runbook: { type: 'string', value: 'url', summary: 'how it is done, where it lives in somebody’s hands' },
    'build-hours': { type: 'string', value: 'n', summary: 'what it takes to build' },
    'hours-per-month': { type: 'string', value: 'n', summary: 'what it takes to keep up' },
    id: { type: 'string', value: 'EX-0032', summary: 'its id (default: the next free one)' },
    'dry-run': { type: 'boolean', summary: 'print what would be written' },
  },
  examples: [
    'proviso new exception meridian-group --decision configuration --set guests=60 --starts 2026-03-02 --expires 2026-05-31 …',
    'proviso new exception copperline --decision no --need "…" --because "…" --refuses refundApprovalAbove --offer "…" …',
  ],
  async complete(context, words) {
    const { completeException } = await import('../complete-exception.ts');
    return completeException(context, words, this.options);
  },
  async run(context, { customer }, { id: given, 'dry-run': isDryRun, ...words }) {
    const [{ openForEditing, findForEditing, proposeEdits }, { newException }, { nextExceptionIds }, { editFile }] =
      await Promise.all([
        import('../propose-edits.ts'),
        import('../../engine/edit/new-exception.ts'),
        import('../../engine/edit/next-id.ts'),
        import('../../engine/edit/edit-file.ts'),
      ]);
    const repository = await openForEditing(context);
    if (typeof repository === 'number') return repository;
    const { model, files } = repository;
    const entry = findForEditing(context, repository, customer);
    if (typeof entry === 'number') return entry;
    const id = given ?? nextExceptionIds(model, files, 1)[0] ?? '';
    const record = newException(id, words, model.world, context.at.day);
    const { path } = entry.document;
    const bytes = repository.filesAt([path])[0]?.bytes ?? new Uint8Array();
    const edit = editFile(path, bytes, [{ append: ['exceptions'], items: [record] }]);
    return proposeEdits(
      context,
      repository,
      { edits: [edit], customers: [entry.id], what: `exception ${id} of ${entry.id}`, json: { id } },
      isDryRun,
    );
  },
});
