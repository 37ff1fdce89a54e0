import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { accountCourse } from '../compile/account-course.ts';
import { type ContractState, contractCourses } from '../compile/contract-course.ts';
import { type Ground, groundOf } from '../compile/ground.ts';
import { byDates, lastFrom, type RunningTrial, trialCourses, trialOn } from '../compile/moment.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Purchase } from '../compile/purchase.ts';
import { recordsOf } from '../compile/records.ts';

/** What a customer stands on, on one day, as far as dates say. */
export interface Standing {
  ground: Ground;
  contract?: ContractState | undefined;
  trial?: RunningTrial | undefined;
  /** The plan and quantities of the agreement. */
  purchase: Purchase;
}

const ignore = () => undefined;

/** Works out where a supposed record has to be written: beside what is in force on that day. */
export function standingOn(customer: Customer, world: PreparedWorld, day: Day): Standing {
  const courses = contractCourses(customer.contracts ?? [], world, ignore);
  const ground = lastFrom(groundOf(courses, customer.amendments ?? [], world.lifecycle), day);
  const account = lastFrom(accountCourse(recordsOf(customer), world, ignore), day);
  if (!ground || !account) throw new RangeError(`nothing is in force on ${day}`);
  const contract = ground.contract && lastFrom(ground.contract.states, day);
  const trial = trialOn(trialCourses(customer.trials ?? [], world, ignore), day, ground, account, world);
  return { ground, contract, trial, purchase: byDates(day, ground, account, contract, trial, world).purchase };
}
