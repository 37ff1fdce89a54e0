/** A trial, then a contract, for the same account. */
import { describe, expect, it } from 'vitest';
import { git } from '../temporary-repository.ts';
import { edit } from './company-in-git.ts';
import { json } from './sample-company.ts';
import { approvalsFor, checked, effectOf, exceptionRecord, storyRepository } from './story-company.ts';

const PATH = 'customers/quarry-labs.yaml';
const SIGNED_ON = ['--at', '2026-05-20'];

const TRIAL = `name: Quarry Labs
plan: starter@1
billing: { method: card }
trials:
  - { kind: trial, plan: studio@1, starts: 2026-05-04, ends: 2026-06-02 }
`;

const SIGNED = `${TRIAL}contracts:
  - id: C-2026-019
    plan: enterprise@1
    signed: 2026-05-20
    starts: 2026-06-03
    ends: 2027-06-02
    renewal: { kind: manual, noticeDays: 60, months: 12 }
    quantities: { seats: 40 }
    billing: { method: invoice, interval: year, paymentTerms: net30, purchaseOrder: PO-7781, unitPrices: { seats: "96.00" } }
exceptions:
${exceptionRecord({
  id: 'EX-0016',
  need: 'An internal approver confirms before a new seat goes live.',
  because: 'The product has seat approval, and who confirms is an access rule.',
  askedOn: '2026-05-20',
  neededBy: '2026-06-03',
  worth: { amount: '3840.00', currency: 'USD', per: 'year' },
  set: { seatApproval: true },
  access: [{ action: 'activateSeats', approver: 'admin' }],
  starts: '2026-06-03',
  expires: 'contract',
  owner: 'team-access',
})}`;

function signed(): string {
  const root = storyRepository({ [PATH]: TRIAL });
  edit(root, { [PATH]: SIGNED }, 'Quarry Labs signs');
  return root;
}

describe('a contract that is signed during a trial', () => {
  it('edits one file of one customer, and asks for single sign-on and the approval rule alone', async () => {
    const root = signed();
    expect(git(root, 'diff', '--name-status', 'HEAD~1')).toBe(`M\t${PATH}`);
    expect((await effectOf(root, ...SIGNED_ON)).map(([customer, kind]) => [customer, kind])).toEqual([
      ['quarry-labs', 'changed'],
    ]);
    expect(await checked(root, ...SIGNED_ON)).toEqual({
      exitCode: 1,
      verdict: 'needsApproval',
      approvals: [
        'product: who may do what is how the product works for them',
        'security: they sign in through a system of their own',
      ],
      satisfied: [],
      errors: [],
      warnings: [],
    });
  });

  it('may be merged when both have approved, and not before', async () => {
    const root = signed();
    const path = await approvalsFor(root, ...SIGNED_ON);
    expect(await checked(root, ...SIGNED_ON, '--approvals', path)).toMatchObject({
      exitCode: 0,
      verdict: 'approved',
      satisfied: ['product', 'security'],
    });
  });

  it('has its approval rule as a setting and an access rule that name no person', async () => {
    const root = signed();
    const { settings, access } = await json(root, 'explain', 'quarry-labs', '--at', '2026-06-03');
    expect(settings).toMatchObject({ seatApproval: { value: true, origin: { kind: 'exception', id: 'EX-0016' } } });
    expect(access).toMatchObject({ rules: [{ exception: 'EX-0016', action: 'activateSeats', approver: 'admin' }] });
    const other = 'customers/larkspur.yaml';
    edit(root, {
      [other]: `name: Larkspur\nplan: starter@1\nbilling: { method: card }\nexceptions:\n${exceptionRecord({
        id: 'EX-0017',
        need: 'Somebody confirms before a new seat goes live.',
        because: 'They pay for every seat and want to be asked first.',
        set: { seatApproval: true },
        starts: '2026-07-01',
        expires: '2026-12-31',
        owner: 'team-access',
      })}`,
    });
    expect((await checked(root, '--at', '2026-06-20')).errors).toEqual([]);
  });

  it('counts from its first second on, in the same release, with nothing in between', async () => {
    const root = signed();
    await json(root, 'publish');
    const on = (at: string) => json(root, 'get', 'quarry-labs', '--at', at);
    expect(await on('2026-06-02T23:59:59Z')).toMatchObject({
      plan: 'studio@1',
      stage: 'trial',
      release: 1,
      settings: { seats: 5, sso: false, seatApproval: false },
    });
    expect(await on('2026-06-03T00:00:00Z')).toMatchObject({
      plan: 'enterprise@1',
      stage: 'active',
      release: 1,
      settings: { seats: 40, sso: true, seatApproval: true },
    });
  });
});
