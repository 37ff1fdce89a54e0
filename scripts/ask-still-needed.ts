import { plain } from '../engine/report/plain.ts';
import { plural } from '../engine/report/plural.ts';
import type { Context, ExitCode } from './command.ts';
import type { OpenQuestions } from './propose-renewal.ts';

/** Lists what ends with a contract and the two answers to each. Exit code 2: the command lacks what it must be told. */
export function askStillNeeded(context: Context, { customer, contract, questions }: OpenQuestions): ExitCode {
  const asked = questions.map(({ id, need, does, owner, until }) => ({
    id,
    need,
    does,
    owner,
    until,
    keep: `--keep ${id}=contract`,
    drop: `--drop ${id}`,
  }));
  const message = `${plural(asked.length, 'exception')} of ${customer} ${asked.length === 1 ? 'ends' : 'end'} with contract ${contract}: still needed?`;
  if (context.format === 'json') {
    const error = { kind: 'usage', message, help: 'answer each with --keep or --drop' };
    context.writeOut(`${JSON.stringify({ written: [], questions: asked, diagnostics: [], error })}\n`);
    return 2;
  }
  context.writeError(`proviso: ${message}\n`);
  for (const { id, need, does, owner, until, keep, drop } of asked)
    context.writeError(
      `\n  ${id}  ${plain(need)}\n` +
        `    ${plain(does)}; owner ${plain(owner)}; until ${until}\n` +
        `    still needed:      ${keep}   (or a last day: --keep ${id}=YYYY-MM-DD)\n` +
        `    not needed:        ${drop}\n`,
    );
  return 2;
}
