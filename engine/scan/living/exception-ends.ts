import { forEver, previousDay, sinceEver } from '../../../runtime/terms/days.ts';
import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Customer } from '../../../schemas/customer.ts';
import type { Exception } from '../../../schemas/exception.ts';
import { compileCustomer } from '../../compile/compile-customer.ts';
import type { ExceptionCourse } from '../../compile/exception-course.ts';
import { type PreparedWorld, prepareWorld } from '../../compile/prepare-world.ts';
import type { Entry, Model } from '../../model.ts';
import { exceptionId } from '../../register/questions/exception-id.ts';
import { registerOf } from '../../register/register.ts';
import type { ExceptionEnd } from './known-exceptions.ts';

/** Every exception of a repository by its id. Only customers that have some are compiled. */
export function exceptionEnds(model: Model): ReadonlyMap<string, ExceptionEnd> {
  const world = prepareWorld(model.world);
  return new Map([...model.customers.values()].flatMap((entry) => endsIn(entry, world)));
}

function endsIn(entry: Entry<Customer>, world: PreparedWorld): [id: string, end: ExceptionEnd][] {
  const exceptions = entry.data.exceptions ?? [];
  if (exceptions.length === 0) return [];
  const courses = coursesOf(entry, world);
  return exceptions.map((exception, index) => [
    exception.id,
    { customer: entry.id, lastDay: lastDayOf(exception, courses.get(index)) },
  ]);
}

const coursesOf = (entry: Entry<Customer>, world: PreparedWorld): ReadonlyMap<number, ExceptionCourse> =>
  new Map(compileCustomer(entry, world).exceptions.map((course) => [course.index, course]));

function lastDayOf(exception: Exception, course: ExceptionCourse | undefined): Day {
  if (exception.decision === 'no') return sinceEver;
  if (exception.decision === 'service') return exception.ends ?? forEver;
  if (exception.decision === 'feature') return forEver;
  // What takes effect and was not compiled has a fault that `validate` tells; what it says itself is all there is.
  if (!course) return exception.expires === 'contract' ? sinceEver : exception.expires;
  const dropped = course.droppedOn === undefined ? forEver : previousDay(course.droppedOn);
  return dropped < course.lastDay ? dropped : course.lastDay;
}

/** The same of one exception at a time: only customers are compiled one of whose exceptions is asked about. */
export function findExceptionEnd({ customers, world }: Model): (id: string) => ExceptionEnd | undefined {
  const known = new Map<string, ExceptionEnd>();
  const compiled = new Set<string>();
  let prepared: PreparedWorld | undefined;
  return (id) => {
    for (const { customer } of registerOf(customers).find(exceptionId, id.toLowerCase())) {
      const entry = compiled.has(customer) ? undefined : customers.get(customer);
      compiled.add(customer);
      if (!entry) continue;
      prepared ??= prepareWorld(world);
      for (const [each, end] of endsIn(entry, prepared)) known.set(each, end);
    }
    return known.get(id);
  };
}
