import type { Change } from '../../diff/diff.ts';
import type { Document, Pointer } from '../../document.ts';
import type { Entry, World } from '../../model.ts';
import type { DataPlace, FindingPlace } from '../check.ts';
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

/** The key in the customer's own file that says what a change is about, where one does; else its first line. */
export function placeOfChange(change: CheckedChange, customer: string, { path, origin }: Change): FindingPlace {
  const document = change.head.model.customers.get(customer)?.document;
  const { after } = origin;
  if (!document || after?.path !== document.path) return document?.path ?? '';
  return keyOnLine(document, after.line, path.split('.').at(-1)) ?? { path: document.path, start: startOf(after.line) };
}

const startOf = (line: number) => ({ line, column: 1 });

/** An origin knows its line alone, and one line may hold several keys: the one that is meant, else the first. */
function keyOnLine(document: Document, line: number, meant: string | undefined): DataPlace | undefined {
  const keys = pointersIn(document.data).filter((pointer) => document.locate(pointer, 'key').start.line === line);
  const pointer = keys.find((one) => one.at(-1) === meant) ?? keys[0];
  return pointer && { in: document, pointer, key: true };
}

/** Of everything that has a key, in the order of the data. */
function pointersIn(data: unknown): Pointer[] {
  if (typeof data !== 'object' || data === null) return [];
  const isList = Array.isArray(data);
  return Object.entries(data).flatMap(([key, value]) => {
    const step = isList ? Number(key) : key;
    const below = pointersIn(value).map((pointer) => [step, ...pointer]);
    return isList ? below : [[step], ...below];
  });
}
