import {
  checkFlag,
  type Decision,
  decisions,
  type ExceptionFlag,
  type ExceptionWords,
  missingFlags,
} from '../engine/edit/new-exception.ts';
import type { Model } from '../engine/model.ts';
import { exceptionKinds } from '../schemas/approvals.ts';
import { areas } from '../schemas/setting.ts';
import type { Ask, Question } from './ask.ts';
import { askCustomer } from './ask-customer.ts';
import { checkDay } from './check-day.ts';
import type { Context, OptionSpecs, Words } from './command.ts';
import { openFolder } from './open-folder.ts';

const oneOf = (values: readonly string[]): Pick<Question, 'choices'> => ({
  choices: values.map((value) => ({ value })),
});
const answers = oneOf(['keep', 'drop', 'ask', 'block']);

/** What can be chosen, and what is no mere text. */
const kinds: Readonly<Partial<Record<ExceptionFlag, Pick<Question, 'choices' | 'check'>>>> = {
  kind: oneOf(exceptionKinds),
  area: oneOf(areas),
  'needed-by': { check: checkDay },
  starts: { check: checkDay },
  expires: { check: (words) => words === 'contract' || checkDay(words) },
  'on-upgrade': answers,
  'on-downgrade': answers,
  'on-lapse': answers,
  'lives-in': oneOf(['config', 'code', 'manual']),
};

const meanings: Readonly<Record<Decision, string>> = {
  configuration: 'the product can do it already',
  feature: 'it becomes part of the product for everybody',
  service: 'work that is sold',
  promise: 'terms only',
  no: 'refused, and why',
};

/** Asks for what the record of a special ask is not whole without, in the order it is read. */
export async function completeException(
  context: Context & { ask: Ask },
  { args, options }: Words,
  specs: OptionSpecs,
): Promise<Words> {
  const { ask } = context;
  const { model } = await openFolder(context);
  const customer = args.customer ?? (await askCustomer(ask, model));
  const given: Record<string, boolean | string | readonly string[] | undefined> = { ...options };
  given.decision ??= await ask({
    message: 'What was decided?',
    choices: decisions.map((value) => ({ value, hint: meanings[value] })),
  });
  const decision = decisions.find((known) => known === given.decision);
  if (decision === undefined) return { args: { ...args, customer }, options: given };

  const isLasting = decision === 'configuration' || decision === 'promise';
  for (const flag of missingFlags(given as ExceptionWords, decision)) {
    // What starts on a day is needed by then.
    if (flag === 'needed-by' && isLasting) continue;
    // What it does comes before how long.
    if (flag === 'starts') await askEffect(ask, decision, given, model);
    const initial = flag === 'starts' ? context.at.day : undefined;
    given[flag] = await ask({
      message: `${flag}: ${specs[flag]?.summary ?? ''}`,
      ...(initial !== undefined && { initial }),
      check: (words) => checkFlag(flag, words, model.world),
      ...kinds[flag],
    });
  }
  if (isLasting) await askEffect(ask, decision, given, model);
  if (given['lives-in'] === 'manual' && given.runbook === undefined)
    given.runbook = await ask({ message: `runbook: ${specs.runbook?.summary}` });
  if (!isLasting) given.area ??= await ask({ message: 'area: what it touches', ...kinds.area });
  return { args: { ...args, customer }, options: given };
}

/** A configuration or a promise does something; where nothing is said, one thing is asked for. */
async function askEffect(
  ask: Ask,
  decision: Decision,
  given: Record<string, boolean | string | readonly string[] | undefined>,
  { world }: Model,
): Promise<void> {
  const isSaid = (flag: string): boolean => (given[flag] as readonly string[]).length > 0;
  if (decision === 'promise' ? isSaid('term') : ['set', 'add', 'access'].some(isSaid)) return;
  const flag =
    decision === 'promise'
      ? 'term'
      : ((await ask({
          message: 'What does it do?',
          choices: [
            { value: 'set', hint: 'gives a setting a value' },
            { value: 'add', hint: 'adds to a limit' },
            { value: 'access', hint: 'says who may do something' },
          ],
        })) as 'set' | 'add' | 'access');
  const words = await ask({
    message: `${flag}: such as ${examples[flag]}`,
    check: (typed) => checkFlag(flag, typed, world),
  });
  given[flag] = [words];
}

const examples = {
  set: 'seats=60',
  add: 'seats=50',
  access: 'exportReports approver=admin',
  term: 'support.firstResponseHours=4',
};
