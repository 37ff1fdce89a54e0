import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception } from '../../../oracle/sample-world.ts';
import { prove } from './prove.ts';

const groups = [{ name: 'finance', roles: ['admin'], may: ['approveInvoices'] }];
const approved = { action: 'exportReports', approver: 'admin' };
const only = { action: 'inviteTeammates', only: ['admin'], group: 'finance' };
const asked = (more: object) => exception('EX-1', { access: [approved], starts: '2026-02-05', ...more });

prove('access', [
  {
    says: 'account groups stand on every day',
    not: 'they need an exception',
    who: customer('starter@1', { access: { groups } }),
    see: ({ groups, rules }) => [groups, rules],
    days: { '2026-02-01': [groups, []] },
  },
  {
    says: 'without groups there are none',
    not: 'the roles are its groups',
    who: customer('starter@1'),
    see: ({ groups }) => groups,
    days: { '2026-02-01': [] },
  },
  {
    says: 'then active exceptions’ access, while they are active',
    not: 'from the first day of the file',
    who: customer('starter@1', { access: { groups }, exceptions: [asked({ expires: '2026-02-10' })] }),
    see: ({ rules }) => rules,
    days: { '2026-02-04': [], '2026-02-05': [approved], '2026-02-10': [approved], '2026-02-11': [] },
  },
  {
    says: 'a dropped exception’s access goes with it',
    not: 'it stays until `expires`',
    who: customer('studio@1', { contracts: [year], exceptions: [asked({ onLapse: 'drop' })] }),
    see: ({ rules }) => rules,
    days: { '2026-04-14': [approved], '2026-04-15': [] },
  },
  {
    says: 'rules of several exceptions stand beside each other, in the order of the file',
    not: 'the last one replaces the others',
    who: customer('starter@1', {
      exceptions: [asked({}), exception('EX-2', { access: [only], starts: '2026-02-01' })],
    }),
    see: ({ rules }) => rules,
    days: { '2026-02-01': [only], '2026-02-05': [approved, only] },
  },
  {
    says: 'one exception may set and tighten',
    not: 'access instead of set',
    who: customer('starter@1', { exceptions: [asked({ access: [approved, only], set: { sso: true } })] }),
    see: ({ rules, settings }) => [rules, settings.sso],
    days: { '2026-02-05': [[approved, only], true] },
  },
  {
    says: 'one action for two groups is two rules',
    not: 'one action has one rule',
    who: customer('starter@1', {
      exceptions: [
        asked({
          access: [
            { ...approved, group: 'finance' },
            { ...approved, group: 'operations' },
          ],
        }),
      ],
    }),
    see: ({ rules }) => rules.length,
    days: { '2026-02-05': 2 },
  },
  {
    says: 'access folds apart: no setting names who may',
    not: 'a rule changes a setting',
    who: customer('starter@1', { exceptions: [asked({})], trials: [trial] }),
    see: ({ settings }) => settings.sso,
    days: { '2026-02-05': true, '2026-03-01': false },
  },
]);
