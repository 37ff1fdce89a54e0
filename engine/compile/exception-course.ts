import { forEver, previousDay } from '../../runtime/terms/days.ts';
import type { AccessRule, Day, Layer } from '../../runtime/terms/timeline.ts';
import type { Configuration, Exception, Lasting, PromiseException } from '../../schemas/exception.ts';
import type { TermsLayer } from './contract-course.ts';
import type { ReportFault } from './fault.ts';
import type { Ground } from './ground.ts';
import { pointerText } from './pointer-text.ts';
import type { Source } from './source.ts';

export type Answer = 'onUpgrade' | 'onDowngrade' | 'onLapse';

/** An exception that takes effect over time, with its last day worked out. */
export interface ExceptionCourse {
  index: number;
  exception: Lasting;
  starts: Day;
  /** The last day included, were it never dropped. */
  lastDay: Day;
  /** What it gives while it is active. */
  sources: readonly Source[];
  rules: readonly AccessRule[];
  terms: TermsLayer | undefined;
  /** The first day it is gone, once an event has dropped it. */
  droppedOn: Day | undefined;
  droppedBy: Answer | undefined;
}

const takesEffect = (exception: Exception): exception is Lasting =>
  exception.decision === 'configuration' || exception.decision === 'promise';

/** The exceptions of a file that take effect, with `expires: contract` turned into a day. */
export function exceptionCourses(
  exceptions: readonly Exception[],
  ground: readonly Ground[],
  report: ReportFault,
): ExceptionCourse[] {
  const courses: ExceptionCourse[] = [];
  for (const [index, exception] of exceptions.entries()) {
    if (!takesEffect(exception)) continue;
    const lastDay = lastDayIn(exception, index, ground, report);
    if (lastDay !== undefined) courses.push(courseOf(exception, index, lastDay));
  }
  return courses;
}

/** The last day included; reports one that cannot be. */
function lastDayIn(
  { id, starts, expires }: Lasting,
  index: number,
  ground: readonly Ground[],
  report: ReportFault,
): Day | undefined {
  const here = ['exceptions', index, 'expires'];
  if (expires !== 'contract') {
    if (expires < starts) report(here, 'ends-before-start', `${id} expires ${expires}, before it starts, ${starts}`);
    return expires;
  }
  const lastDay = lastDayOfContractOn(ground, starts);
  if (lastDay === undefined)
    report(
      here,
      'no-contract',
      `${id} expires with the contract, but no contract is in force when it starts, ${starts}`,
      {
        help: 'write a day, or start it within the contract',
      },
    );
  return lastDay;
}

function courseOf(exception: Lasting, index: number, lastDay: Day): ExceptionCourse {
  return {
    index,
    exception,
    starts: exception.starts,
    lastDay,
    sources: exception.decision === 'configuration' ? sourcesIn(exception, index) : [],
    rules: exception.decision === 'configuration' ? rulesIn(exception) : [],
    terms: exception.decision === 'promise' ? promised(exception, index) : undefined,
    droppedOn: undefined,
    droppedBy: undefined,
  };
}

function sourcesIn({ id, starts, expires, set = {}, add = {} }: Configuration, index: number): Source[] {
  const layer = { at: pointerText(['exceptions', index]), id, kind: 'exception' } as const;
  const until = expires !== 'contract' && { until: expires };
  const layers: Layer[] = [];
  if (Object.keys(set).length > 0) layers.push({ ...layer, set, ...until });
  if (Object.keys(add).length > 0) layers.push({ add, ...layer, ...until });
  return layers.map((each) => ({ layer: each, giver: `exception ${id}`, since: starts }));
}

const rulesIn = ({ id, access = [] }: Configuration): AccessRule[] =>
  access.map((rule) => ({ ...rule, exception: id }));

const promised = ({ id, starts, terms: { billing, support } }: PromiseException, index: number): TermsLayer => ({
  kind: 'exception',
  id,
  since: starts,
  at: ['exceptions', index],
  billing,
  support,
});

/** The last day, grace included, of the contract in force on a day. */
function lastDayOfContractOn(ground: readonly Ground[], day: Day): Day | undefined {
  const position = ground.findLastIndex(({ from }) => from <= day);
  const contract = ground[position]?.contract;
  if (!contract) return undefined;
  const over = ground.slice(position + 1).find((later) => later.contract !== contract);
  return over ? previousDay(over.from) : forEver;
}

export const isActive = (course: ExceptionCourse, day: Day): boolean =>
  course.starts <= day && day <= course.lastDay && (course.droppedOn === undefined || day < course.droppedOn);
