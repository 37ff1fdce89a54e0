import { prepareWorld } from '../engine/compile/prepare-world.ts';
import { type Change, editFile } from '../engine/edit/edit-file.ts';
import { type Judged, judgeEdits } from '../engine/edit/judge-edits.ts';
import { checkSold } from '../engine/edit/new-customer.ts';
import { nextContract } from '../engine/edit/next-contract.ts';
import { nextContractId, nextExceptionIds } from '../engine/edit/next-id.ts';
import { parseAmounts, parseNumber } from '../engine/edit/parse-words.ts';
import { endingExceptions, type Question, readAnswers, renewedException } from '../engine/edit/still-needed.ts';
import type { Entry } from '../engine/model.ts';
import type { Customer } from '../schemas/customer.ts';
import type { Editable } from './open-editable.ts';
import type { Proposal } from './propose-edits.ts';

export interface RenewalOptions {
  id?: string | undefined;
  starts?: string | undefined;
  ends?: string | undefined;
  signed?: string | undefined;
  plan?: string | undefined;
  quantity: readonly string[];
  renewal?: string | undefined;
  'notice-days'?: string | undefined;
  months?: string | undefined;
  'max-increase'?: string | undefined;
  keep: readonly string[];
  drop: readonly string[];
}

/** Exceptions nobody has answered for. */
export interface OpenQuestions {
  customer: string;
  /** The contract that ends. */
  contract: string;
  questions: readonly Question[];
}

/**
 * The next contract of a customer, with the exceptions that are still needed; or the questions that are open; or, where the
 * contract itself would bring errors, the repository as it would be. Throws `UsageError` for words that cannot be meant.
 */
export async function proposeRenewal(
  repository: Editable,
  entry: Entry<Customer>,
  options: RenewalOptions,
  today: string,
): Promise<{ proposal: Proposal } | OpenQuestions | { judged: Judged }> {
  const { model, files } = repository;
  const { settings } = model.world;
  if (options.plan !== undefined) checkSold(options.plan, model);
  const number = (flag: 'notice-days' | 'months') => {
    const words = options[flag];
    return words === undefined ? undefined : parseNumber(words, flag);
  };
  const words = {
    ...options,
    quantities: parseAmounts(options.quantity, 'quantity', settings),
    noticeDays: number('notice-days'),
    months: number('months'),
    maxIncreasePercent: options['max-increase'],
  };
  const { contract, follows, notes } = nextContract(entry, words, prepareWorld(model.world), today);
  const { starts } = contract;
  const id = options.id ?? nextContractId(model, files, starts.slice(0, 4));
  const { path } = entry.document;
  const bytes = repository.filesAt([path])[0]?.bytes ?? new Uint8Array();
  const next: Change = { append: ['contracts'], items: [{ id, ...contract }] };

  // What ends with a contract is known once its successor is there.
  const judged = await judgeEdits(repository, [editFile(path, bytes, [next])], [entry.id]);
  const would = judged.customers.get(entry.id);
  if (!would || judged.diagnostics.some(({ severity }) => severity === 'error')) return { judged };
  const questions = endingExceptions(would.exceptions, follows, starts, today);
  const answers = readAnswers(options.keep, options.drop, questions);
  const open = questions.filter((question) => !answers.has(question.id));
  if (open.length > 0) return { customer: entry.id, contract: follows.id, questions: open };

  const kept = questions.flatMap(({ exception }) => {
    const answer = answers.get(exception.id);
    return answer === undefined || answer === 'drop' ? [] : [{ exception, until: answer.keepUntil }];
  });
  const ids = nextExceptionIds(model, files, kept.length);
  const records = kept.map(({ exception, until }, index) =>
    renewedException(exception, ids[index] ?? '', starts, until, today),
  );
  const changes = records.length > 0 ? [next, { append: ['exceptions'], items: records }] : [next];
  return {
    proposal: {
      edits: [editFile(path, bytes, changes)],
      customers: [entry.id],
      what: `contract ${id} of ${entry.id}`,
      json: { id, exceptions: ids },
      notes: [
        ...notes.map((note) => `Not carried over: ${note}.`),
        ...addOnsEnding(entry.data, follows.lastDay, starts).map((addOn) => `Not carried over: ${addOn}.`),
        ...kept.map(({ exception }, index) => `${exception.id} is still needed: it goes on as ${ids[index]}.`),
      ],
    },
  };
}

/** Add-ons are sold anew, so who renews is told which ones end with the contract. */
function addOnsEnding({ addOns = [] }: Customer, since: string, starts: string): string[] {
  return addOns.flatMap(({ id, ends }) =>
    ends !== undefined && since <= ends && ends < starts ? [`the add-on ${id} ends on ${ends}`] : [],
  );
}
