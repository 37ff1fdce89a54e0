import { describe, expect, it } from 'vitest';
import { classOf } from '../../../engine/approve/approval-policy.ts';
import { findItems } from '../../../engine/approve/find-items.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { governed } from '../../fixtures/approve/policy.ts';
import { company, edited, exception, settings, today } from '../../fixtures/diff/small-company.ts';
import type { YamlFiles } from '../../fixtures/yaml-model.ts';

const holding = { ...settings, region: { ...settings.region, onEnd: 'hold' } } as typeof settings;
const policy = `classes: { product: { needs: 1 }, founder: { needs: 2 }, breakGlass: { needs: 1 } }
lines:
  - { when: { setting: seats }, class: product, because: capacity }
  - { when: { decision: configuration }, class: founder, because: look }
  - { when: { setting: region }, class: product, because: rows }
`;
const base = governed(company, policy);
const free = (text: string): YamlFiles =>
  edited(base, { 'customers/free.yaml': `name: Free\nplan: starter@1\n${text}` });

interface Made {
  on?: string;
  starts?: string;
  expires?: string;
  set?: string;
  more?: string;
}
const made = ({ on = today, starts = on, expires = '2026-11-23', set = 'seats: 60', more = '' }: Made = {}): string =>
  exception(
    'EX-9',
    `decision: configuration, set: { ${set} }, starts: ${starts}, expires: ${expires}, breakGlass: { because: they are locked out, on: ${on}${more} }`,
  );
const closed = ', closed: { on: 2026-11-23, because: it is over }';

async function asked(head: YamlFiles, before: YamlFiles = base, at = today): Promise<string[]> {
  const items = findItems(await changeOf(before, head, { at }));
  return items.map(({ class: name, path, from, to, because }) =>
    path.startsWith('exceptions.') ? `${name} ${path} ${because}` : `${name} ${path} ${from} → ${to} ${because}`,
  );
}

const underOne = [
  'breakGlass exceptions.EX-9 they are locked out',
  'breakGlass settings.seats 3 → 60 they are locked out',
];
const usual = [
  'founder exceptions.EX-9 look',
  'founder settings.seats 3 → 60 look',
  'product settings.seats 3 → 60 capacity',
];

describe('an exception made in an emergency', () => {
  it('is asked of one class in place of all others, with the code', async () => {
    expect(await asked(free(made()))).toEqual(underOne);
    const { world } = (await changeOf(base, base)).base.model;
    expect(classOf(world.approvals?.data, 'breakGlass')).toEqual({ needs: 1, code: true });
  });

  it.each<[string, Made, string?]>([
    ['made yesterday', { on: '2026-11-20', starts: today, expires: '2026-11-22' }],
    ['made tomorrow', { on: '2026-11-22', expires: '2026-11-24' }],
    ['for one day', { expires: today }],
  ])('%s too', async (_, how) => {
    expect(await asked(free(made(how)))).toEqual(underOne);
  });

  it.each<[string, Made]>([
    ['made two days ago', { on: '2026-11-19', starts: today, expires: today }],
    ['for the day after tomorrow', { on: '2026-11-23', expires: '2026-11-24' }],
    ['that lasts four days', { expires: '2026-11-24' }],
    ['that began before it was made', { starts: '2026-11-20' }],
    ['that is closed at once', { more: closed }],
  ])('is asked as every other: %s', async (_, how) => {
    expect(await asked(free(made(how)))).toEqual(usual);
  });

  it('is asked as every other where it lasts as long as a contract', async () => {
    const contract =
      'contracts: [{ id: C-9, plan: starter@1, starts: 2026-01-01, ends: 2026-11-22, renewal: { kind: none } }]\n';
    const before = free(contract);
    const items = await asked(
      edited(before, { 'customers/free.yaml': `${before['customers/free.yaml']}${made({ expires: 'contract' })}` }),
      before,
    );
    expect(items).toEqual(usual);
  });

  it('is asked as every other where the change touches anything but customers', async () => {
    expect(await asked(edited(free(made()), { 'README.md': 'x' }))).toEqual(usual);
    expect(await asked(edited(free(made()), { 'plans/pilot@1.yaml': company['plans/starter@1.yaml'] }))).toEqual(usual);
  });

  it('is asked as every other where the record was there before', async () => {
    const before = free(made({ expires: '2026-11-22' }));
    expect(await asked(free(made()), before)).toEqual([
      'founder exceptions.EX-9 look',
      'founder settings.seats 3 → 60 look',
      'product settings.seats 3 → 60 capacity',
    ]);
  });

  it('is asked as every other where the policy knows no such class', async () => {
    const without = policy.replace(', breakGlass: { needs: 1 }', '');
    expect(await asked(governed(free(made()), without), governed(company, without))).toEqual(usual);
  });

  it('covers nothing that outlasts it: a value that is held goes to the usual classes', async () => {
    const hold = { on: today, set: 'region: eu' };
    const held = await changeOf(base, free(made(hold)), {
      settings: holding,
      after: holding,
    });
    expect(findItems(held).map(({ class: name, path, until }) => [name, path, until])).toEqual([
      ['breakGlass', 'exceptions.EX-9', undefined],
      ['founder', 'settings.region', undefined],
      ['product', 'settings.region', undefined],
    ]);
  });

  it('covers nothing that outlasts it until something else comes', async () => {
    const later = exception(
      'EX-7',
      'decision: configuration, set: { region: us }, starts: 2027-01-01, expires: 2027-12-31',
    );
    const emergency = made({ set: 'region: eu' }).replace('exceptions:\n', '');
    const both = { settings: holding, after: holding };
    const items = findItems(await changeOf(free(later), free(`${later}${emergency}`), both));
    expect(items.map(({ class: name, path, until }) => [name, path, until])).toEqual([
      ['breakGlass', 'exceptions.EX-9', undefined],
      ['founder', 'settings.region', '2026-12-31'],
      ['product', 'settings.region', '2026-12-31'],
    ]);
  });

  it('covers only what it does itself', async () => {
    const items = await asked(
      edited(free(made()), { 'customers/bare.yaml': 'name: Bare\nplan: studio@2\nquantities: { seats: 90 }\n' }),
    );
    expect(items).toEqual([...underOne, 'product settings.seats 50 → 90 capacity']);
  });
});

describe('to close it', () => {
  const before = free(made());
  it.each([
    ['is asked for all it did, of every class', free(made({ more: closed }))],
    ['under another name is no way round', free(made().replace(/, breakGlass: \{[^}]*\}/, ''))],
  ])('%s', async (_, head) => {
    expect(await asked(head, before, '2026-11-30')).toEqual(usual);
  });

  it('by taking the record away is asked for all it did, and for what that changes', async () => {
    expect((await asked(free(''), before, '2026-11-30')).sort()).toEqual(
      [
        'founder exceptions.EX-9 look',
        'founder settings.seats 3 → 60 look',
        'founder settings.seats 60 → 3 look',
        'product settings.seats 3 → 60 capacity',
        'product settings.seats 60 → 3 capacity',
      ].sort(),
    );
  });

  it('by moving it to another day is no way around them', async () => {
    const later = made({ on: '2099-01-01', expires: '2099-01-01', set: 'apiCalls: 101' });
    expect(await asked(free(later), free(made()))).toContain('product settings.seats 3 → 60 capacity');
  });

  it('and to prolong it asks for what it did and for what it will', async () => {
    const items = await asked(free(made({ expires: '2027-12-31', more: closed })), before, '2026-11-23');
    expect(items).toEqual([
      'founder exceptions.EX-9 look',
      'founder settings.seats 3 → 60 look',
      'founder settings.seats 3 → 60 look',
      'product settings.seats 3 → 60 capacity',
      'product settings.seats 3 → 60 capacity',
    ]);
  });

  it('is asked once: afterwards it is a record like others', async () => {
    const done = free(made({ more: closed }));
    expect(await asked(edited(done, { 'customers/free.yaml': `# x\n${done['customers/free.yaml']}` }), done)).toEqual(
      [],
    );
  });
});
