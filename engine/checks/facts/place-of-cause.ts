import type { Change } from '../../diff/diff.ts';
import type { Entry, World } from '../../model.ts';
import type { FindingPlace } from '../check.ts';
import type { CheckedChange } from '../checked-change.ts';

const rooms = ['menu', 'lifecycle', 'roles', 'onboarding', 'publish', 'approvals', 'approvers', 'checks'] as const;

/** Where the head says what a cause of a diff is about: `plans/studio@2.yaml settings.seats`. */
export function placeOfCause({ head }: CheckedChange, path: string): FindingPlace {
  const [file = path, steps = ''] = path.split(' ', 2);
  const document = sharedFile(head.model.world, file)?.document;
  return document ? { in: document, pointer: steps === '' ? [] : steps.split('.'), key: true } : file;
}

const sharedFile = (world: World, path: string): Entry<unknown> | undefined =>
  [...world.plans.values(), ...rooms.map((room) => world[room])].find((entry) => entry?.document.path === path);

/** Where the customer's own file says what a change is about, where it does; else its first line. */
export function placeOfChange(change: CheckedChange, customer: string, { origin }: Change): FindingPlace {
  const path = change.head.model.customers.get(customer)?.document.path ?? '';
  const { after } = origin;
  return after?.path === path ? { path, start: { line: after.line, column: 1 } } : path;
}
