import type { Day } from '../../runtime/terms/timeline.ts';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import { type Answer, type ExceptionCourse, isActive } from '../compile/exception-course.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Document } from '../document.ts';
import type { SimulatedException } from './simulation.ts';

const words: Record<Answer, string> = { onUpgrade: 'an upgrade', onDowngrade: 'a downgrade', onLapse: 'a lapse' };

/** A fault that is an answer here: the record has to say keep or drop first. */
export const isAsking = ({ rule }: Diagnostic): boolean => rule === 'answer-needed';

/** What becomes of every exception that was in force on `eve`, by the compiled hypothesis. */
export const simulatedExceptions = (
  before: CompiledCustomer,
  after: CompiledCustomer,
  document: Document,
  { eve, at }: { eve: Day; at: Day },
): SimulatedException[] =>
  before.exceptions
    .filter((course) => isActive(course, eve))
    .map(({ index, exception }) => {
      const course = after.exceptions.find((other) => other.index === index);
      return { id: exception.id, ...outcomeOf(course, after.diagnostics, document, at) };
    });

function outcomeOf(
  course: ExceptionCourse | undefined,
  diagnostics: readonly Diagnostic[],
  document: Document,
  at: Day,
): Omit<SimulatedException, 'id'> {
  if (!course) return { outcome: 'dropped', why: 'it lasts as long as a contract, and none is in force' };
  if (isActive(course, at)) return { outcome: 'kept', why: keptWhy(course) };
  const { droppedBy, exception, index, lastDay } = course;
  if (droppedBy === undefined) {
    const ended = exception.expires === 'contract' ? 'with the contract' : '';
    return { outcome: 'dropped', why: `expires ${[ended, `on ${lastDay}`].filter(Boolean).join(' ')}` };
  }
  const said = exception[droppedBy];
  if (said === 'drop') return { outcome: 'dropped', why: `says drop for ${words[droppedBy]}` };
  const here = document.locate(['exceptions', index, droppedBy]);
  const asks = diagnostics.some(
    (each) => isAsking(each) && each.at.start.line === here.start.line && each.at.start.column === here.start.column,
  );
  return asks
    ? {
        outcome: 'ask',
        why: `says ${said} for ${words[droppedBy]}: write \`${droppedBy}: keep\` or \`${droppedBy}: drop\` first`,
      }
    : {
        outcome: 'dropped',
        why: `says ${said} for ${words[droppedBy]}, and only time brings it: nobody answers a clock`,
      };
}

const keptWhy = ({ exception, lastDay }: ExceptionCourse): string =>
  lastDay < '9999'
    ? `stays until ${lastDay}`
    : `stays until ${exception.expires === 'contract' ? 'the contract ends' : 'further notice'}`;
