import { expect, it } from 'vitest';
import type { Account, Item } from '../../../engine/approve/approval.ts';
import { authorshipOf, type SignedCommit } from '../../../engine/review/authorship-of.ts';
import { approvalOf, itemOf, needFor, person } from '../../fixtures/approve/class-of-one.ts';

/** Every part that one and the same person can play in a change, and one that nobody known plays. */
const roles = ['opened', 'wrote', 'committed', 'coAuthored', 'pushed', 'isBot', 'owns', 'asked', 'stranger'] as const;
type Role = (typeof roles)[number];

const listed = person(1, { name: 'Kim Larsen', emails: ['kim@product.example'], teams: ['team-a', 'founders'] });
const other: Account = { id: 2, login: 'user-2', type: 'User' };
const namings = [
  'user-1',
  '@USER-1',
  ' Kim Larsen',
  'kim@product.example',
  'KIM@Product.example ',
  'team-a',
  '@Founders',
];

function play(played: ReadonlySet<Role>, row: number) {
  const me: Account = { id: 1, login: 'renamed-since', type: played.has('isBot') ? 'Bot' : 'User' };
  const as = (role: Role) => (played.has(role) ? me : other);
  const signer = (account: Account | null) => ({ name: 'Somebody', email: account ? '' : 'x@home.example', account });
  const commit: SignedCommit = {
    id: 'c'.repeat(40),
    message: '',
    author: signer(as('wrote')),
    committer: signer(as('committed')),
    coAuthors: [signer(as('coAuthored')), ...(played.has('stranger') ? [signer(null)] : [])],
    isVerified: false,
  };
  const named = (role: Role, by: number) => (played.has(role) ? (namings[by % namings.length] as string) : 'sales');
  const item: Item = itemOf('finance', { owner: named('owns', row), askedBy: named('asked', row + 3) });
  const authorship = authorshipOf([commit], { author: as('opened'), isComplete: true, lastPusher: as('pushed') });
  const people = [listed, person(3)];
  const mine = approvalOf(item, 1, { user: me });
  return {
    alone: needFor(item, [mine], { people, authorship }),
    together: needFor(item, [mine, approvalOf(item, 3)], { people, authorship }),
  };
}

it(`knows who may not approve in every one of ${2 ** roles.length} mixtures of nine roles`, () => {
  for (let row = 0; row < 2 ** roles.length; row++) {
    const played = new Set(roles.filter((_, bit) => row & (1 << bit)));
    const { alone, together } = play(played, row);
    const isFree = roles.every((role) => role === 'stranger' || !played.has(role));
    const needs = played.has('stranger') ? 2 : 1;
    expect({ played: [...played], needs: alone.needs, given: alone.given.length, satisfied: alone.satisfied }).toEqual({
      played: [...played],
      needs,
      given: isFree ? 1 : 0,
      satisfied: isFree && needs === 1,
    });
    expect([[...played], together.satisfied]).toEqual([[...played], isFree || needs === 1]);
    // Whether somebody is a program shows only once they say something.
    const isMine =
      isFree || (played.has('isBot') && [...played].every((role) => role === 'isBot' || role === 'stranger'));
    expect([[...played], alone.mayApprove]).toEqual([[...played], isMine ? ['user-1', 'user-3'] : ['user-3']]);
  }
});

it.each([
  ['by an address of the list', { emails: ['Kim@product.example'] }],
  ['by an address nobody knows', { unknown: ['kim@product.example'] }],
  ['by a name without an account', { unknown: ['kim larsen'] }],
  ['by a login without an account', { unknown: ['USER-1'] }],
  ['by the address that GitHub made up for the number', { emails: ['1+somebody@users.noreply.github.com'] }],
  ['by the address that GitHub made up for the login', { emails: ['user-1@users.noreply.github.com'] }],
  ['under the number, whatever the login', { people: [{ id: 1, login: 'else', type: 'User' as const }] }],
])('whoever wrote it %s does not approve it', (_, more) => {
  const item = itemOf('finance');
  const authorship = { people: [], unknown: [], emails: [], ...more };
  expect(needFor(item, [approvalOf(item, 1)], { people: [listed], authorship }).given).toEqual([]);
});

it.each([
  ['the number of another', { emails: ['11+user-1@users.noreply.github.com'] }],
  ['a login that begins alike', { emails: ['user-11@users.noreply.github.com'] }],
  [
    'the login of a list where somebody else has it now',
    { people: [{ id: 7, login: 'user-1', type: 'User' as const }] },
  ],
])('%s is somebody else', (_, more) => {
  const item = itemOf('finance');
  const authorship = { people: [], unknown: [], emails: [], ...more };
  expect(needFor(item, [approvalOf(item, 1)], { people: [listed], authorship }).satisfied).toBe(true);
});

it.each([
  ['asked for it before the change', { askedBy: ['user-1'] }],
  ['owned it before the change', { owner: ['Team-A'] }],
])('whoever %s does not approve it, though the record names somebody else now', (_, parties) => {
  const item = itemOf('finance', { askedBy: 'sales', owner: 'team-z', parties });
  expect(needFor(item, [approvalOf(item, 1)], { people: [listed] }).given).toEqual([]);
});
