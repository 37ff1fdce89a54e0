import { describe, expect, it } from 'vitest';
import { findItems } from '../../../engine/approve/find-items.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { sampleCompany, sampleSettings } from '../../fixtures/approve/sample-company.ts';
import { edited } from '../../fixtures/diff/small-company.ts';

type Files = Readonly<Record<string, string | undefined>>;

/** What each class is asked about, between the sample company with these files and with those. */
async function asked(before: Files, after: Files, at = '2026-11-21'): Promise<Record<string, string[]>> {
  const base = edited(sampleCompany, before);
  const items = findItems(await changeOf(base, edited(base, after), { settings: sampleSettings, at }));
  const found: Record<string, string[]> = {};
  for (const { class: name, customer, path } of items) {
    found[name] ??= [];
    const line = `${customer ? `${customer} ` : ''}${path}`;
    if (!found[name].includes(line)) found[name].push(line);
  }
  return found;
}

const file = (id: string): string => {
  const path = Object.keys(sampleCompany).find((name) => name.endsWith(`/${id}.yaml`));
  if (!path) throw new Error(`no customer ${id}`);
  return path;
};
const textOf = (id: string): string => sampleCompany[file(id)] as string;

/** The file without what is said under these keys. */
const without = (id: string, ...keys: string[]): Files => {
  const kept = textOf(id)
    .split(/^(?=[a-zA-Z])/m)
    .filter((part) => !keys.some((key) => part.startsWith(`${key}:`)));
  return { [file(id)]: kept.join('') };
};
const whole = (id: string): Files => ({ [file(id)]: textOf(id) });

describe('the sample company asks', () => {
  it('nobody about a five-line studio', async () => {
    expect(await asked({ [file('pixel-and-co')]: undefined }, whole('pixel-and-co'))).toEqual({});
  });

  it('about a pilot: product for seats and access, security for the rules', async () => {
    expect(
      await asked(without('meridian-group', 'trials', 'exceptions'), whole('meridian-group'), '2026-03-01'),
    ).toEqual({
      product: [
        'meridian-group access.rules.exportReports',
        'meridian-group access.rules.inviteTeammates',
        'meridian-group settings.seats',
      ],
      security: [
        'meridian-group access.rules.exportReports',
        'meridian-group access.rules.inviteTeammates',
        'meridian-group exceptions.EX-0007',
        'meridian-group exceptions.EX-0008',
      ],
    });
  });

  it('about a trial that becomes a contract: what single sign-on and the access rule need, and nothing else', async () => {
    expect(await asked(without('quarry-labs', 'contracts', 'exceptions'), whole('quarry-labs'), '2026-05-20')).toEqual({
      product: ['quarry-labs access.rules.activateSeats', 'quarry-labs settings.seats'],
      security: ['quarry-labs settings.scim', 'quarry-labs settings.sso'],
    });
  });

  it('about a first large deal: the founders for what stays, support for what it has to keep', async () => {
    expect(
      await asked(without('copperline', 'contracts', 'exceptions', 'services'), whole('copperline'), '2026-05-07'),
    ).toEqual({
      founder: ['copperline exceptions.EX-0011', 'copperline exceptions.EX-0014'],
      product: ['copperline settings.seats'],
      security: ['copperline exceptions.EX-0011', 'copperline settings.scim', 'copperline settings.sso'],
      support: [
        'copperline exceptions.EX-0012',
        'copperline exceptions.EX-0013',
        'copperline terms.support.firstResponseHours.severity1',
      ],
    });
  });

  it('finance about a commercial favour', async () => {
    expect(await asked(without('atlas-robotics', 'exceptions'), whole('atlas-robotics'), '2026-05-20')).toEqual({
      finance: ['atlas-robotics exceptions.EX-0017', 'atlas-robotics settings.seats'],
    });
  });

  const studio = (rest: string): Files => ({ [file('pixel-and-co')]: `name: Pixel & Co\nplan: studio@2\n${rest}` });
  const discount = (percent: string, until: string): Files =>
    studio(`amendments: [{ on: 2026-12-01, billing: { discount: { percent: "${percent}", until: ${until} } } }]\n`);
  const both = ['pixel-and-co terms.billing.discount.percent', 'pixel-and-co terms.billing.discount.until'];

  it.each<[string, Files, Record<string, string[]>]>([
    ['nobody about what the menu sells', studio('addOns: [{ id: extraStorage, quantity: 20 }]\n'), {}],
    ['nobody about a discount of the menu', discount('10', '2027-11-30'), {}],
    ['finance about a longer one', discount('10', '2028-11-30'), { finance: both }],
    ['the founders about a large one', discount('20.5', '2027-11-30'), { finance: both, founder: both.slice(0, 1) }],
    [
      'finance about later payment',
      studio('amendments: [{ on: 2026-12-01, billing: { paymentTerms: net90 } }]\n'),
      { finance: ['pixel-and-co terms.billing.paymentTerms'] },
    ],
    ['security about another account', studio('account: acc_1\n'), { security: ['pixel-and-co account'] }],
  ])('%s', async (_, files, expected) => {
    expect(await asked(studio(''), files)).toEqual(expected);
  });

  it('the founders and a second pair of eyes about a plan that many have', async () => {
    const path = 'plans/studio@2.yaml';
    const asks = await asked({}, { [path]: sampleCompany[path]?.replace(/^ {2}guests: 25$/m, '  guests: 20') });
    expect(asks).toEqual({
      bulk: ['customers'],
      // Who had the plan once: a plan that is edited in place, not in a new version, rewrites their past.
      finance: expect.arrayContaining(['quarry-labs settings.guests', 'tidewater-surf settings.guests']) as string[],
      founder: [`${path} settings.guests`, 'peak-outdoor settings.guests', 'willow-credit-union settings.guests'],
    });
  });

  it('whoever answers for the rules about the rules', async () => {
    const path = 'policies/approvals.yaml';
    expect(await asked({}, { [path]: sampleCompany[path]?.replace('above: "20"', 'above: "90"') })).toEqual({
      machinery: [path],
    });
  });
});
