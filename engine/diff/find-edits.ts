import { isDeepStrictEqual } from 'node:util';
import { isTree } from '../compile/terms-tree.ts';
import type { Entry, World } from '../model.ts';

const policies = [
  'menu',
  'lifecycle',
  'roles',
  'onboarding',
  'publish',
  'approvals',
  'approvers',
  'checks',
  'scan',
] as const;
export type Room = 'plan' | 'settings' | (typeof policies)[number];

/** One thing somebody edited in what customers share: a value in a plan, in a policy or in the catalogue. */
export interface Edit {
  room: Room;
  /** The plan's id, else the room's name. */
  id: string;
  /** The file people edit. */
  file: string;
  /** The way to the value; of a plan that came or went: none. */
  steps: readonly string[];
  /** undefined: absent. */
  before: unknown;
  after: unknown;
}

/**
 * Where absent is as good as empty, so that what is named in it is compared one by one; `*` is any key. Elsewhere, what
 * came or went is one edit with everything in it.
 */
const containers: Readonly<Record<Room, readonly string[]>> = {
  plan: [
    'settings',
    'price',
    'price.units',
    'price.usage',
    'price.periods',
    'price.oneTime',
    'standardTerms',
    'standardTerms.billing',
    'standardTerms.support',
  ],
  menu: [
    '',
    'addOns',
    'addOns.*.sets',
    'addOns.*.adds',
    'addOns.*.terms',
    'addOns.*.terms.billing',
    'addOns.*.terms.support',
    'services',
    'terms',
  ],
  lifecycle: ['', 'stages', 'stages.*.set'],
  roles: ['', 'roles'],
  onboarding: ['', 'details'],
  publish: ['', 'environments'],
  approvals: ['', 'classes'],
  approvers: [''],
  checks: ['', '*'],
  scan: ['', 'severity'],
  settings: [''],
};

/** Objects that are one edit whatever of them differs: a part of them says nothing by itself. */
const wholes: readonly string[] = ['plan becomes'];

/** Every edit between two worlds; layout and comments are none. Files in `unread` are unknown, and left out. */
export function findEdits(base: World, head: World, unread: ReadonlySet<string> = new Set()): Edit[] {
  const edits: Edit[] = [];
  const compare = (room: Room, id: string, file: string, before: unknown, after: unknown) => {
    const add = (steps: string[], one: unknown, other: unknown) =>
      edits.push({ room, id, file, steps, before: one, after: other });
    if (!unread.has(file)) compareTrees(room, [], before, after, add);
  };
  for (const id of [...new Set([...base.plans.keys(), ...head.plans.keys()])].sort()) {
    const [before, after] = [base.plans.get(id), head.plans.get(id)];
    if (!isSameFile(before, after)) compare('plan', id, `plans/${id}.yaml`, before?.data, after?.data);
  }
  for (const room of policies)
    if (!isSameFile<unknown>(base[room], head[room]))
      compare(room, room, `policies/${room}.yaml`, base[room]?.data, head[room]?.data);
  compare('settings', 'settings', 'schemas/settings.ts', base.settings, head.settings);
  return edits;
}

/** The same bytes, or other bytes that say the same. */
export const isSameFile = <T>(before: Entry<T> | undefined, after: Entry<T> | undefined): boolean =>
  before === after ||
  (before !== undefined &&
    after !== undefined &&
    ((before.oid !== '' && before.oid === after.oid) || isDeepStrictEqual(before.data, after.data)));

function compareTrees(
  room: Room,
  steps: string[],
  before: unknown,
  after: unknown,
  add: (steps: string[], before: unknown, after: unknown) => void,
): void {
  if (isDeepStrictEqual(before, after)) return;
  const orEmpty = (value: unknown) => (value === undefined && isContainer(room, steps) ? {} : value);
  const [one, other] = [orEmpty(before), orEmpty(after)];
  // A setting of another kind is another setting: its fields mean nothing apart.
  const isOther = room === 'settings' && steps.length === 1 && isTree(one) && isTree(other) && one.kind !== other.kind;
  const isWhole = wholes.includes([room, ...steps].join(' '));
  if (!isTree(one) || !isTree(other) || isOther || isWhole) add(steps, before, after);
  else
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      compareTrees(room, [...steps, key], one[key], other[key], add);
}

function isContainer(room: Room, steps: readonly string[]): boolean {
  return containers[room].some((pattern) => {
    const parts = pattern === '' ? [] : pattern.split('.');
    return parts.length === steps.length && parts.every((part, index) => part === '*' || part === steps[index]);
  });
}
