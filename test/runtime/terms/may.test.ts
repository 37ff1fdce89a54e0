import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { explainCustomer } from '../../../engine/explain.ts';
import type { Permission } from '../../../runtime/index.ts';
import { may } from '../../../runtime/terms/may.ts';
import type { Access, AccessRule } from '../../../runtime/terms/timeline.ts';
import { seed } from '../../fixtures/release/counts.ts';
import { type PublishedSample, publishSample } from '../../fixtures/release/published-sample.ts';

const roles = {
  admin: { may: ['invite', 'export'] },
  manager: { may: ['export'] },
  viewer: { may: [] },
};
const access: Access = {
  groups: [
    { name: 'finance', roles: ['manager'], may: ['approveInvoices'] },
    { name: 'legal', roles: ['ghost'] },
    { name: 'empty' },
  ],
  rules: [],
};
const allowed: Permission = { answer: 'allowed' };
const noRole: Permission = { answer: 'denied', because: 'role' };
const byRule = (only: string[], exception = 'EX-1'): Permission => ({
  answer: 'denied',
  because: 'rule',
  only,
  exception,
});
const approval = (by: string[], exceptions: string[]): Permission => ({ answer: 'needsApproval', by, exceptions });

type Row = [
  title: string,
  rules: AccessRule[],
  roles: string[],
  groups: string[],
  group: string | undefined,
  Permission,
];
const only = (...roles: string[]): AccessRule => ({ action: 'export', only: roles, exception: 'EX-1' });
const approver = (role: string, exception = 'EX-1'): AccessRule => ({ action: 'export', approver: role, exception });

const rows: readonly Row[] = [
  ['a base role gives', [], ['manager'], [], undefined, allowed],
  ['a base role that does not', [], ['viewer'], [], undefined, noRole],
  ['no role', [], [], [], undefined, noRole],
  ['one of several roles gives', [], ['viewer', 'manager'], [], undefined, allowed],
  ['a group gives its roles to those in it', [], [], ['finance'], undefined, allowed],
  ['and not to those who act in its name only', [], [], [], 'finance', noRole],
  ['a group with a role nobody defined gives nothing', [], [], ['legal'], undefined, noRole],
  ['a group nobody defined gives nothing', [], ['viewer'], ['ghosts'], undefined, noRole],
  ['a role nobody defined gives nothing', [], ['ghost'], [], undefined, noRole],
  ['a rule for other roles denies', [only('admin')], ['manager'], [], undefined, byRule(['admin'])],
  ['a rule never gives', [only('viewer'), approver('viewer', 'EX-2')], ['viewer'], [], undefined, noRole],
  ['one of the roles of a rule is enough', [only('admin', 'manager')], ['manager'], [], undefined, allowed],
  ['a role that comes from a group is one', [only('manager')], [], ['finance'], undefined, allowed],
  ['a role nobody defined satisfies no rule', [only('ghost')], ['admin', 'ghost'], [], undefined, byRule(['ghost'])],
  [
    'two rules must both be satisfied',
    [only('admin'), { ...only('manager'), exception: 'EX-2' }],
    ['admin'],
    [],
    undefined,
    byRule(['manager'], 'EX-2'),
  ],
  ['an approver is asked', [approver('admin')], ['manager'], [], undefined, approval(['admin'], ['EX-1'])],
  ['and needs nobody else', [approver('admin')], ['admin'], [], undefined, allowed],
  [
    'an approver nobody defined is asked, and is not the user',
    [approver('ghost')],
    ['admin', 'ghost'],
    [],
    undefined,
    approval(['ghost'], ['EX-1']),
  ],
  [
    'every approver is asked',
    [approver('admin'), approver('viewer', 'EX-2')],
    ['manager'],
    [],
    undefined,
    approval(['admin', 'viewer'], ['EX-1', 'EX-2']),
  ],
  [
    'but whom the user is',
    [approver('admin'), approver('manager', 'EX-2')],
    ['manager'],
    [],
    undefined,
    approval(['admin'], ['EX-1']),
  ],
  [
    'the same approver once',
    [approver('admin'), { ...approver('admin', 'EX-2'), group: 'finance' }],
    [],
    ['finance'],
    undefined,
    approval(['admin'], ['EX-1', 'EX-2']),
  ],
  [
    'a rule that denies comes before one that asks',
    [approver('admin'), { ...only('admin'), exception: 'EX-2' }],
    ['manager'],
    [],
    undefined,
    byRule(['admin'], 'EX-2'),
  ],
  [
    'only and approver in one rule',
    [{ ...only('manager'), approver: 'admin' }],
    ['manager'],
    [],
    undefined,
    approval(['admin'], ['EX-1']),
  ],
  ['a rule about something else', [{ ...only('admin'), action: 'invite' }], ['manager'], [], undefined, allowed],
  [
    'a rule of a group for those in it',
    [{ ...only('admin'), group: 'finance' }],
    ['manager'],
    ['finance'],
    undefined,
    byRule(['admin']),
  ],
  [
    'a rule of a group for what is done in its name',
    [{ ...only('admin'), group: 'finance' }],
    ['manager'],
    [],
    'finance',
    byRule(['admin']),
  ],
  [
    'a rule of a group is not for others',
    [{ ...only('admin'), group: 'finance' }],
    ['manager'],
    ['empty'],
    'legal',
    allowed,
  ],
  [
    'a rule of a group that only takes part in a trial',
    [{ ...only('admin'), group: 'operations' }],
    ['manager'],
    ['operations'],
    undefined,
    byRule(['admin']),
  ],
  [
    'a rule without group for somebody in a group',
    [only('admin')],
    ['manager'],
    ['finance'],
    'finance',
    byRule(['admin']),
  ],
];

describe('whether somebody may do something', () => {
  test.each(rows)('%s', (_, rules, held, groups, group, expected) => {
    expect(may({ roles }, { ...access, rules }, { roles: held, groups }, 'export', group)).toEqual(expected);
  });

  test('is given by a group’s own actions', () => {
    expect(may({ roles }, access, { roles: [], groups: ['finance'] }, 'approveInvoices')).toEqual(allowed);
    expect(may({ roles }, access, { roles: ['manager'] }, 'approveInvoices')).toEqual(noRole);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    'is given to nobody by the name %s',
    (name) => {
      expect(may({ roles }, access, { roles: [name], groups: [name] }, 'export')).toEqual(noRole);
      expect(may({ roles }, access, { roles: ['admin'] }, name)).toEqual(noRole);
      const rules = [only(name), approver(name, 'EX-2')];
      expect(may({ roles }, { ...access, rules }, { roles: ['admin', name] }, 'export')).toEqual(byRule([name]));
    },
  );
});

describe('rules', () => {
  const role = fc.constantFrom('admin', 'manager', 'viewer', 'ghost', 'constructor');
  const group = fc.constantFrom('finance', 'legal', 'empty', 'ghosts');
  const action = fc.constantFrom('invite', 'export', 'approveInvoices');
  const rule: fc.Arbitrary<AccessRule> = fc
    .record({
      action,
      exception: fc.constantFrom('EX-1', 'EX-2'),
      only: fc.array(role, { minLength: 1 }),
      approver: role,
      group,
    })
    .chain((full) =>
      fc.constantFrom('only', 'approver', 'both').chain((kind) =>
        fc.boolean().map((isForAll): AccessRule => {
          const { only, approver, group, ...rest } = full;
          return {
            ...rest,
            ...(kind !== 'approver' && { only }),
            ...(kind !== 'only' && { approver }),
            ...(!isForAll && { group }),
          };
        }),
      ),
    );
  const asked = fc.record({
    rules: fc.array(rule, { maxLength: 5 }),
    user: fc.record({ roles: fc.array(role, { maxLength: 3 }), groups: fc.array(group, { maxLength: 2 }) }),
    action,
    group: fc.option(group, { nil: undefined }),
  });
  const grade = ({ answer }: Permission): number => ['allowed', 'needsApproval', 'denied'].indexOf(answer);
  const approvers = (permission: Permission): readonly string[] =>
    permission.answer === 'needsApproval' ? permission.by : [];
  /** Whether whoever was let through by `tight` would be by `loose`. */
  const isTighter = (tight: Permission, loose: Permission): boolean =>
    grade(tight) > grade(loose) ||
    (grade(tight) === grade(loose) && approvers(loose).every((by) => approvers(tight).includes(by)));

  test('only ever tighten', () => {
    fc.assert(
      fc.property(asked, rule, fc.nat(), ({ rules, user, action, group }, more, at) => {
        const before = may({ roles }, { ...access, rules }, user, action, group);
        const after = may(
          { roles },
          { ...access, rules: rules.toSpliced(at % (rules.length + 1), 0, more) },
          user,
          action,
          group,
        );
        expect(isTighter(after, before)).toBe(true);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test('without a group are as if each group had them, and everybody else', () => {
    fc.assert(
      fc.property(asked, rule, ({ rules, user, action, group }, { group: _, ...forAll }) => {
        const all = may({ roles }, { ...access, rules: [...rules, forAll] }, user, action, group);
        for (const each of [...user.groups, ...(group ? [group] : [])])
          expect(all).toEqual(
            may({ roles }, { ...access, rules: [...rules, { ...forAll, group: each }] }, user, action, group),
          );
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test('are no stricter with somebody who has one more role', () => {
    fc.assert(
      fc.property(asked, role, ({ rules, user, action, group }, more) => {
        const before = may({ roles }, { ...access, rules }, user, action, group);
        const after = may({ roles }, { ...access, rules }, { ...user, roles: [...user.roles, more] }, action, group);
        expect(isTighter(before, after)).toBe(true);
        if (!Object.hasOwn(roles, more)) expect(after).toEqual(before);
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

describe('the sample company', () => {
  let sample: PublishedSample;
  beforeAll(async () => {
    sample = await publishSample();
  });
  const on: PublishedSample['on'] = (customer, day) => sample.on(customer, day);

  test('is told the same by the product and by `explain`, for every customer on every day something changes', () => {
    const { model, compiled: all, terms } = sample;
    let rules = 0;
    for (const [id, compiled] of all.customers)
      for (const { from } of compiled.timeline?.segments ?? []) {
        const day = from ?? '2000-01-01';
        const entry = model.customers.get(id);
        if (!entry) throw new Error(`there is no ${id}`);
        const explained = explainCustomer(entry, compiled, model.world, day);
        const view = on(id, day);
        expect([id, day, view.access]).toEqual([id, day, explained.access]);
        for (const role of Object.keys(terms.rules.roles))
          for (const { action, group, only, approver } of explained.access.rules) {
            rules += 1;
            const { answer } = view.may({ roles: [role] }, action, group === undefined ? {} : { group });
            const isGiven = terms.rules.roles[role]?.may.includes(action) ?? false;
            const isShutOut = !isGiven || (only !== undefined && !only.includes(role));
            if (isShutOut) expect([id, day, role, action, answer]).toEqual([id, day, role, action, 'denied']);
            if (answer === 'allowed') expect(approver ?? role).toBe(role);
          }
      }
    expect(rules).toBeGreaterThan(20);
  });

  test('lets only admins invite at Meridian during its pilot, and says which exception that is', () => {
    const editor = { roles: ['editor'] };
    const denied = { answer: 'denied', because: 'rule', only: ['admin'], exception: 'EX-0007' };
    const asks = { answer: 'needsApproval', by: ['admin'], exceptions: ['EX-0008'] };
    const days = ['2026-03-01', '2026-03-02', '2026-05-31', '2026-06-01'];
    const invites = days.map((day) => on('meridian-group', day).may(editor, 'inviteTeammates'));
    expect(invites).toEqual([allowed, denied, denied, allowed]);
    const exports = days.map((day) => on('meridian-group', day).may(editor, 'exportReports'));
    expect(exports).toEqual([allowed, asks, asks, allowed]);
    expect(on('meridian-group', '2026-04-01').may({ roles: ['admin'] }, 'inviteTeammates')).toEqual(allowed);
    expect(on('pixel-and-co', '2026-04-01').may(editor, 'inviteTeammates')).toEqual(allowed);
  });

  test('lets a new seat of Quarry Labs go live at once in the trial, and once an admin has confirmed in the contract', () => {
    const seat = (day: string) => on('quarry-labs', day).may({ roles: ['editor'] }, 'activateSeats');
    expect([seat('2026-05-25'), seat('2026-06-02'), seat('2026-06-03'), seat('2026-06-10')]).toEqual([
      allowed,
      allowed,
      approval(['admin'], ['EX-0016']),
      approval(['admin'], ['EX-0016']),
    ]);
  });
});
