import { forEver, previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import { type Area, areas } from '../../schemas/setting.ts';
import { openEmergency } from '../approve/emergency-last-day.ts';
import { areasOf } from '../compile/areas-of.ts';
import type { ExceptionCourse } from '../compile/exception-course.ts';
import { exceptionState } from '../exception-state.ts';
import type { Entry } from '../model.ts';
import { whatItDoes } from '../what-it-does.ts';
import { alikeExceptions, type Others, othersAlike } from './alike-exceptions.ts';
import type { Company } from './company.ts';
import { emergencyStep } from './emergency-step.ts';
import { isFelt } from './is-felt.ts';
import type { ListedException } from './listed-exception.ts';
import { suggest } from './suggest.ts';

export interface ExceptionFilter {
  /** An id. */
  customer?: string | undefined;
  owner?: string | undefined;
  area?: Area | undefined;
  /** Asked for on that day or later. */
  since?: Day | undefined;
  wanted?(exception: Exception): boolean;
}

/** Every exception that the filter leaves, by place, customer and id. */
export function listExceptions(
  company: Company,
  filter: ExceptionFilter = {},
  groups = alikeExceptions(company),
): ListedException[] {
  const othersOf = othersAlike(groups);
  const listed = company.each(
    (entry) =>
      (entry.data.exceptions ?? []).flatMap((exception, index) => {
        const area = areaOf(exception, company);
        const isWanted =
          (filter.owner === undefined || exception.owner === filter.owner) &&
          (filter.area === undefined || area === filter.area) &&
          (filter.since === undefined || (exception.askedOn >= filter.since && exception.askedOn <= company.at)) &&
          (filter.wanted?.(exception) ?? true);
        return isWanted ? [listException(entry, index, exception, area, othersOf(entry.id, exception), company)] : [];
      }),
    filter.customer,
  );
  const byPlace = (one: ListedException, other: ListedException) =>
    areas.indexOf(one.area) - areas.indexOf(other.area) ||
    compare(one.customer, other.customer) ||
    compare(one.id, other.id);
  return listed.sort(byPlace);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What the record says, else what it touches. */
function areaOf(exception: Exception, { world }: Company): Area {
  if (exception.area) return exception.area;
  const touched = areasOf(exception, world.settings);
  return areas.find((area) => touched.has(area)) ?? 'onboarding';
}

const nobody: Others = { first: [], inAll: 0 };

function listException(
  entry: Entry<Customer>,
  index: number,
  exception: Exception,
  area: Area,
  others: Others,
  company: Company,
): ListedException {
  const { at } = company;
  const course = company.compiled(entry).exceptions.find((candidate) => candidate.index === index);
  const state = exceptionState(exception, course, at);
  const until = untilOf(exception, course);
  const isOver = state === 'expired' || (exception.decision === 'service' && until !== undefined && until < at);
  const place = entry.document.locate(['exceptions', index], 'key');
  const { id, decision, need, askedBy, askedOn, neededBy, because, usedBy, livesIn, owner, handledBy, worth, demand } =
    exception;
  const { first: alike, inAll: alikeInAll } = isOver || state === 'dropped' ? nobody : others;
  const emergency = openEmergency(exception);
  const known = { state, until, alike, alikeInAll, demand, usedBy, does: whatItDoes(exception) };
  const isLive = course !== undefined && (state === 'active' || state === 'notStarted');
  return {
    customer: entry.id,
    name: entry.data.name,
    id,
    area,
    decision,
    need,
    askedBy,
    askedOn,
    neededBy,
    because,
    livesIn,
    owner,
    handledBy,
    hoursPerMonth: exception.hoursPerMonth,
    buildHours: exception.buildHours,
    worth,
    ...known,
    isPattern: demand.length + alikeInAll > 0,
    ...(emergency !== undefined && { emergency }),
    suggestion: suggest(exception, known, {
      isOver,
      emergency: emergency === undefined ? undefined : emergencyStep(emergency, at),
      isFelt: !isLive || isFelt(entry, index, daysLeft(course, at), company),
    }),
    path: place.path,
    line: place.start.line,
  };
}

const daysLeft = ({ starts, lastDay }: ExceptionCourse, at: Day): Record<'from' | 'until', Day> => ({
  from: starts > at ? starts : at,
  until: lastDay,
});

function untilOf(exception: Exception, course: ExceptionCourse | undefined): Day | undefined {
  if (exception.decision === 'service') return exception.ends;
  if (!course) return undefined;
  const { droppedOn, lastDay } = course;
  if (droppedOn !== undefined && droppedOn <= lastDay) return previousDay(droppedOn);
  return lastDay === forEver ? undefined : lastDay;
}
