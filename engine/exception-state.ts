import type { Day } from '../runtime/terms/timeline.ts';
import type { Exception } from '../schemas/exception.ts';
import { type ExceptionCourse, isActive } from './compile/exception-course.ts';

/** `recorded`: decided, with nothing to switch on or off. */
export type ExceptionState = 'active' | 'notStarted' | 'expired' | 'dropped' | 'recorded' | 'refused';

/** What has become of an exception by a day; `course` is there for those that take effect over time. */
export function exceptionState(exception: Exception, course: ExceptionCourse | undefined, day: Day): ExceptionState {
  if (exception.decision === 'no') return 'refused';
  if (!course) return 'recorded';
  if (isActive(course, day)) return 'active';
  if (course.droppedOn !== undefined && day >= course.droppedOn) return 'dropped';
  return day < course.starts ? 'notStarted' : 'expired';
}
