import type { Person } from './counts.ts';

/** Everything by which a record may name a person: login, e-mails, name, and the teams they are part of. */
export const namesOf = ({ login, approver }: Pick<Person, 'login' | 'approver'>): readonly string[] => [
  login,
  ...(approver
    ? [
        approver.login,
        ...(approver.name === undefined ? [] : [approver.name]),
        ...(approver.emails ?? []),
        ...(approver.teams ?? []),
      ]
    : []),
];

/** The same whatever the case, the spaces around it and an `@` before it. */
export const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);

const plainName = (name: string): string => name.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
