import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'make a token for who asks `proviso serve`',
  arguments: {},
  options: {
    name: { type: 'string', value: 'name', required: true, summary: 'who asks with it, such as web; it is in the log' },
    scopes: {
      type: 'strings',
      value: 'scope',
      summary: 'settings:read (default), or terms:read for terms and explanations too',
    },
    expires: { type: 'string', value: 'day', summary: 'the last day it counts (default: it goes on)' },
    file: { type: 'string', value: 'file', summary: 'add the line to this file of tokens' },
  },
  examples: ['proviso tokens new --name web', 'proviso tokens new --name support --scopes terms:read --file tokens'],
  async run(context, _args, options) {
    const [{ resolve }, { addLine }, { makeToken }, { parseTokens }, { parseExpiry }, { UsageError }] =
      await Promise.all([
        import('node:path'),
        import('../add-line.ts'),
        import('../../runtime/server/make-token.ts'),
        import('../../runtime/server/tokens.ts'),
        import('../parse-expiry.ts'),
        import('../../engine/usage-error.ts'),
      ]);
    const { name, expires } = options;
    if (expires !== undefined) parseExpiry(expires, context.now());
    const said = options.scopes.flatMap((each) => each.split(','));
    const scopes = (said.length > 0 ? said : ['settings:read']) as never[];
    const { token, line } = makeToken({ name, scopes, ...(expires !== undefined && { expires }) });
    const text = JSON.stringify(line);
    try {
      // What the server would refuse is made by nobody.
      parseTokens(text);
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message.replace(/^line 1:? ?/, '') : String(error));
    }
    if (options.file !== undefined)
      await addLine(resolve(context.folder, options.file), text).catch((error) => {
        throw new UsageError(`${options.file} cannot be written (${error.code})`);
      });
    if (context.format === 'json') {
      context.writeOut(`${JSON.stringify({ token, line, diagnostics: [] })}\n`);
      return 0;
    }
    context.writeError('The token; it is shown once and kept nowhere. Whoever has it may ask:\n');
    context.writeOut(`${token}\n`);
    context.writeError(
      options.file === undefined ? `The line for the file of tokens:\n${text}\n` : `Added to ${options.file}.\n`,
    );
    return 0;
  },
});
