import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Change, openTerms } from '../../runtime/index.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { edited, replaced } from '../fixtures/diff/small-company.ts';
import { company, publishCompany } from '../fixtures/release/published-company.ts';
import { temporaryFolder } from '../temporary-repository.ts';

let store: WriteStore;
let clock: number;
beforeEach(async () => {
  store = openFileStore(temporaryFolder());
  clock = Date.parse('2026-07-01T10:00:00Z');
  await publishCompany(store, 'c1');
});

/** Who is told what, when one name each is listened to. */
async function listening(load: 'whole' | 'lazy', names: readonly string[]) {
  const options = { store, follow: false, now: () => clock };
  const terms = load === 'lazy' ? await openTerms({ ...options, load }) : await openTerms(options);
  const heard: string[] = [];
  for (const name of names)
    terms.onChange(
      ({ customer, cause, parts }: Change) => void heard.push(`${name}: ${customer} ${cause} ${parts.join(' ')}`),
      name,
    );
  const after = async (): Promise<string[]> => {
    await terms.refresh();
    await new Promise((resolve) => void setTimeout(resolve, 20));
    return heard.splice(0).sort();
  };
  return { terms, after };
}

describe.each(['whole', 'lazy'] as const)('one customer listened to, with customers read %s', (load) => {
  test('is told of what its release changes, by either name, and of nothing else', async () => {
    const { after } = await listening(load, ['bare', 'acc_77', 'quarry-labs', 'harbor', 'fresh', 'acc_1']);
    await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 6'));
    expect(await after()).toEqual(['bare: bare release settings']);
    const quarry = 'customers/quarry-labs.yaml';
    const fresh = { 'customers/fresh.yaml': 'name: Fresh\naccount: acc_1\nplan: studio@2\n' };
    await publishCompany(store, 'c3', edited(replaced(company, quarry, 'seats: 40', 'seats: 41'), fresh));
    expect(await after()).toEqual([
      'acc_1: fresh release settings plan stage terms access',
      'acc_77: quarry-labs release settings',
      'bare: bare release settings',
      'fresh: fresh release settings plan stage terms access',
      'quarry-labs: quarry-labs release settings',
    ]);
  });

  test('is told when its account id comes to name somebody else', async () => {
    const { after } = await listening(load, ['acc_77', 'harbor', 'quarry-labs']);
    const moved = replaced(
      replaced(company, 'customers/quarry-labs.yaml', 'account: acc_77\n', ''),
      'customers/harbor.yaml',
      'name: Harbor\n',
      'name: Harbor\naccount: acc_77\n',
    );
    await publishCompany(store, 'c2', moved);
    expect(await after()).toEqual(['acc_77: harbor release settings terms']);
  });

  test('is told of the day on which it becomes another', async () => {
    const { after } = await listening(load, ['moving', 'bare', 'special']);
    clock = Date.parse('2027-01-01T00:00:00Z');
    expect(await after()).toEqual(['moving: moving time settings plan terms', 'special: special time settings access']);
  });
});

test('what is read for listeners follows what changed, not how many listen', async () => {
  const names = ['adding', 'special', 'more', 'quarry-labs', 'harbor', 'buying', 'bare'];
  const { after } = await listening('whole', names);
  await publishCompany(store, 'c2', replaced(company, 'customers/buying.yaml', 'seats: 9', 'seats: 10'));
  const parse = vi.spyOn(JSON, 'parse');
  const count = (name: string): number =>
    parse.mock.calls.filter(([text]) => text.includes(`"customer":"${name}"`)).length;
  expect(await after()).toEqual(['buying: buying release settings']);
  expect(names.filter((name) => count(name) > 0)).toEqual(['buying']);
  parse.mockRestore();
});

test('says which day it reads', async () => {
  const { terms } = await listening('whole', []);
  const snapshot = terms.snapshot();
  clock = Date.parse('2026-07-02T00:00:00Z');
  expect([terms.day, snapshot.day, terms.snapshot().day]).toEqual(['2026-07-02', '2026-07-01', '2026-07-02']);
});
