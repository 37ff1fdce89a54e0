import type { ApprovalWhen } from '../../schemas/approvals.ts';
import type { Edit } from '../diff/find-edits.ts';
import { listOf } from './line-kind.ts';

type SharedRoom = Extract<ApprovalWhen['edits'], string>;

/** The schema's own list would bring its library along. */
const shared: Readonly<Record<SharedRoom, true>> = {
  plans: true,
  menu: true,
  lifecycle: true,
  roles: true,
  onboarding: true,
  settings: true,
};

const roomOf = ({ room }: Edit): string => (room === 'plan' ? 'plans' : room);

/** Edits that lines may ask for; the others are machinery. */
export const isShared = (edit: Edit): boolean => Object.hasOwn(shared, roomOf(edit));

/** Whether a line is about an edit of a shared file: its room, and where it says so the plan and the setting in it. */
export function matchesEdit(when: ApprovalWhen, edit: Edit): boolean {
  const { edits = [], plan, setting, ...others } = when;
  if (Object.values(others).some((wanted) => wanted !== undefined)) return false;
  return (
    listOf(edits).includes(roomOf(edit) as SharedRoom) &&
    (plan === undefined || (edit.room === 'plan' && listOf(plan).some((name) => isVersionOf(edit.id, name)))) &&
    (setting === undefined || listOf(setting).some((name) => edit.steps.includes(name)))
  );
}

const isVersionOf = (id: string, name: string): boolean => id === name || id.slice(0, id.indexOf('@')) === name;
