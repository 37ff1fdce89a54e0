import type { Day } from '../../runtime/terms/timeline.ts';
import type { Lasting } from '../../schemas/exception.ts';
import type { ContractCourse } from '../compile/contract-course.ts';
import type { ExceptionCourse } from '../compile/exception-course.ts';
import { list } from '../report/list.ts';
import { UsageError } from '../usage-error.ts';
import { whatItDoes } from '../what-it-does.ts';
import type { WrittenMap } from './write-yaml.ts';

/** An exception that ends with a contract: is it still needed? */
export interface Question {
  id: string;
  need: string;
  /** What it does, on one line: `set { seats: 60 }`. */
  does: string;
  owner: string;
  /** The last day included. */
  until: Day;
  exception: Lasting;
}

export type Answer = { keepUntil: string } | 'drop';

/**
 * The exceptions that end before the next contract starts, those already over when the contract before ended left out.
 * `courses`: of the customer as it would be, the next contract included.
 */
export function endingExceptions(
  courses: readonly ExceptionCourse[],
  follows: ContractCourse,
  starts: Day,
  today: Day,
): Question[] {
  const since = today < follows.lastDay ? today : follows.lastDay;
  const ending = courses.filter(
    ({ lastDay, droppedOn }) =>
      since <= lastDay && lastDay < starts && (droppedOn === undefined || droppedOn > lastDay),
  );
  return ending.map(({ exception, lastDay }) => {
    const { id, need, owner } = exception;
    return { id, need, does: whatItDoes(exception), owner, until: lastDay, exception };
  });
}

/**
 * What `--keep EX-0031=contract` and `--drop EX-0031` say, by id. Throws `UsageError` for an answer that cannot be read, that is given twice,
 * or that answers no question.
 */
export function readAnswers(
  keep: readonly string[],
  drop: readonly string[],
  questions: readonly Question[],
): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>();
  const add = (id: string, answer: Answer) => {
    if (answers.has(id)) throw new UsageError(`there are two answers for ${id}`);
    if (!questions.some((question) => question.id === id))
      throw new UsageError(
        `no exception ${id} ends with the contract, so there is nothing to answer for it`,
        questions.length === 0
          ? 'leave out --keep and --drop: no exception does'
          : `what does is ${list(questions.map((question) => question.id))}`,
      );
    answers.set(id, answer);
  };
  for (const words of keep) {
    const [, id, until] = /^([^=\s]+)=(\S+)$/.exec(words.trim()) ?? [];
    if (id === undefined || until === undefined)
      throw new UsageError(
        `--keep says until when, such as --keep EX-0031=contract or --keep EX-0031=2028-03-31, not "${words}"`,
      );
    add(id, { keepUntil: until });
  }
  for (const id of drop) add(id.trim(), 'drop');
  return answers;
}

/** The record of an exception that is needed in the next contract too: a new one, because records are ended and ids never reused. */
export function renewedException(before: Lasting, id: string, starts: Day, keepUntil: string, today: Day): WrittenMap {
  const record: Record<string, unknown> = {
    ...before,
    id,
    askedOn: today,
    neededBy: starts,
    because: `renewal of ${before.id}`,
    starts,
    expires: keepUntil,
  };
  if (before.buildHours !== undefined) record.buildHours = 0;
  return record as WrittenMap;
}
