import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type OpenOptions, openTerms, type Terms, TermsError } from '../../../runtime/index.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { publishCompany } from '../../fixtures/release/published-company.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const store = new MemoryStore();
let terms: Terms;
beforeAll(async () => {
  await publishCompany(store, 'c1');
  terms = await openTerms({ store, follow: false, now: () => Date.parse('2026-07-01') });
});

/** What whoever writes JavaScript may say. */
const open = (options: unknown): Promise<Terms> => openTerms(options as OpenOptions);

/** How it ended, as `RangeError: message`; what was opened is closed again. */
async function told(work: Promise<Terms>): Promise<string> {
  const ended: unknown = await work.catch((error: unknown) => error);
  if (ended instanceof Error) return ended instanceof TermsError ? `${ended.code}: ${ended.message}` : String(ended);
  return 'opened';
}

const urls =
  "a URL such as 'file:./.proviso/store', 'redis://…', 'postgres://…', 'nats://…' or 's3://…', or a store that is open";
const where = `where releases are read, often out of a variable of the environment: ${urls}`;
const names =
  'store, environment, channel, reader, canary, keys, unsigned, cache, bundle, atLeast, load, keep, stale, follow, poll, report, onTrouble, now';
const poll =
  'a number of milliseconds from 1 to 86,400,000; a reader that is never to look by itself has `follow: false`, and `refresh()`';
const report = "an object such as { name: 'web-7', every: 60000 }, both of which may be left out";
const keys = "the path of a keyset, such as 'keys/1.json' of the repository of terms, or its bytes";

describe('an option', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ store: undefined }, `\`store\` of openTerms is missing: it is ${where}`],
    [{ store: null }, `\`store\` of openTerms is null: it is ${where}`],
    [{ store: '' }, `\`store\` of openTerms is "": it is ${where}`],
    [{ store: {} }, `\`store\` of openTerms is an object: it is ${where}`],
    [{ enviroment: 'production' }, `openTerms has no option \`enviroment\`; it has ${names}`],
    [{ environment: '' }, '`environment` of openTerms is "": it is the name of an environment, such as \'production\''],
    [{ channel: null }, "`channel` of openTerms is null: it is the name of a channel, such as 'stable'"],
    [{ reader: 7 }, "`reader` of openTerms is 7: it is a name no other reader has, such as 'web-7'"],
    [{ canary: '' }, '`canary` of openTerms is "": it is the name of the channel of canaries, such as \'canary\''],
    [{ keys: '' }, `\`keys\` of openTerms is "": it is ${keys}`],
    [{ keys: [] }, `\`keys\` of openTerms is a list: it is ${keys}`],
    [{ unsigned: 'false' }, '`unsigned` of openTerms is "false": it is true or false'],
    [{ cache: '' }, '`cache` of openTerms is "": it is the path of a folder, such as \'/var/lib/app/terms\''],
    [{ bundle: true }, `\`bundle\` of openTerms is true: it is a store that lies in the image: ${urls}`],
    [{ atLeast: -1 }, '`atLeast` of openTerms is -1: it is a whole number from 0 up'],
    [{ atLeast: '41' }, '`atLeast` of openTerms is "41": it is a whole number from 0 up'],
    [{ load: 'all' }, "`load` of openTerms is \"all\": it is 'whole' or 'lazy'"],
    [{ load: 'lazy', keep: 0 }, '`keep` of openTerms is 0: it is a whole number from 1 up'],
    [{ load: 'lazy', keep: -1 }, '`keep` of openTerms is -1: it is a whole number from 1 up'],
    [{ load: 'lazy', keep: 1.5 }, '`keep` of openTerms is 1.5: it is a whole number from 1 up'],
    [{ stale: 'x' }, "`stale` of openTerms is \"x\": it is 'safeValues' or 'asPublished'"],
    [{ follow: 'no' }, '`follow` of openTerms is "no": it is true or false'],
    ...([-1, 0, 0.5, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 40, 86_400_001].map((each): [object, string] => [
      { poll: each },
      `\`poll\` of openTerms is ${each}: it is ${poll}`,
    ]) as [Record<string, unknown>, string][]),
    [{ poll: 'x' }, `\`poll\` of openTerms is "x": it is ${poll}`],
    [{ report: 'web-7' }, `\`report\` of openTerms is "web-7": it is ${report}`],
    [{ report: { nme: 'web-7' } }, `\`report\` of openTerms is an object: it is ${report}`],
    [{ onTrouble: 'log' }, '`onTrouble` of openTerms is "log": it is a function that is told what goes wrong'],
    [{ now: 0 }, '`now` of openTerms is 0: it is a function that says how many milliseconds have passed since 1970'],
  ])('as in %o is refused', async (option, message) => {
    expect(await told(open({ store, follow: false, ...option }))).toBe(`RangeError: ${message}`);
  });

  test('is asked for as part of an object', async () => {
    for (const [options, shown] of [
      [undefined, 'undefined'],
      [null, 'null'],
      ['file:./store', '"file:./store"'],
      [[], 'a list'],
    ])
      expect(await told(open(options))).toBe(`RangeError: openTerms takes an object of options; this is ${shown}`);
  });

  test('that is at the edge of what it may be is taken, and one that is undefined is one that was left out', async () => {
    const left = Object.fromEntries(names.split(', ').map((name) => [name, undefined]));
    for (const option of [{}, { poll: 1 }, { poll: 86_400_000 }, { load: 'lazy', keep: 1 }, { atLeast: 0 }]) {
      const opened = await open({ ...left, store, ...option });
      expect(opened.release.n).toBe(1);
      await opened.close();
    }
  });
});

describe('a store', () => {
  const next = '`environment` or `channel`';
  test('without a release is told with the place it was looked for in, and what to do', async () => {
    const folder = join(temporaryFolder(), 'stroe');
    const said = `notPublished: nothing is published for local/stable yet in the folder ${folder}`;
    const mend = `publish there first (\`proviso publish\`), or mend \`store\`, ${next}`;
    expect(await told(open({ store: `file:${folder}` }))).toBe(`${said}, which is not there: ${mend}`);
    mkdirSync(folder);
    expect(await told(open({ store: `file:${folder}` }))).toBe(`${said}: ${mend}`);
  });

  test('and a bundle without one each name their place, to whoever is told of trouble', async () => {
    const [folder, bundle] = [temporaryFolder(), temporaryFolder()];
    const troubles: string[] = [];
    const onTrouble = ({ message }: Error): unknown => troubles.push(message);
    await told(open({ store: `file:${folder}`, bundle: `file:${bundle}`, channel: 'beta', onTrouble }));
    expect(troubles).toEqual([
      `nothing is published for local/beta yet in the folder ${bundle}: publish there first (\`proviso publish\`), or mend \`bundle\`, ${next}`,
    ]);
  });

  const known = 'known: file:, redis:, rediss:, nats:, postgres:, s3:';
  test.each([
    [
      { bundle: '/srv/terms' },
      `\`bundle\`: a store is named by a URL such as file:./.proviso/store (${known}); for the folder "/srv/terms" write 'file:/srv/terms'`,
    ],
    [{ store: 'mystery:secret' }, `\`store\`: there is no store of kind "mystery:" (${known})`],
    [{ store: '//me:secret@host' }, `\`store\`: a store is named by a URL such as file:./.proviso/store (${known})`],
  ])('that %o names is not there for the option it is named by', async (option, message) => {
    expect(await told(open({ store, follow: false, ...option }))).toBe(`StoreError: ${message}`);
  });
});

describe('keys', () => {
  const belongs = 'what belongs there is `keys/1.json` of the repository of terms, the file `proviso keys init` writes';
  const text = "this is the text of a file; give its path, such as 'keys/1.json', or its bytes, Buffer.from(text)";
  const pem = (kind: string): string => `-----BEGIN ${kind} KEY-----\nMC4=\n-----END ${kind} KEY-----\n`;
  const files = { 'public.pem': pem('PUBLIC'), 'private.pem': pem('PRIVATE'), 'other.json': '{}' };
  const other = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
  const type = 'application/vnd.proviso.keyset+json';
  test.each<[string, (folder: string) => string | Uint8Array, string]>([
    ['a file that is not there', (folder) => join(folder, 'no.json'), `there is no file FOLDER/no.json; ${belongs}`],
    ['a folder', (folder) => folder, `FOLDER is a folder, and the path of a file is needed; ${belongs}`],
    [
      'a path through a file',
      (folder) => join(folder, 'other.json/1.json'),
      `FOLDER/other.json/1.json cannot be read (ENOTDIR); ${belongs}`,
    ],
    [
      'a public key',
      (folder) => join(folder, 'public.pem'),
      `FOLDER/public.pem cannot be used: it is PEM and no keyset; ${belongs}`,
    ],
    [
      'a private key',
      (folder) => join(folder, 'private.pem'),
      `FOLDER/private.pem cannot be used: it is a private key, which no product needs; ${belongs}`,
    ],
    [
      'another file',
      (folder) => join(folder, 'other.json'),
      `FOLDER/other.json cannot be used: keyset ${other} cannot be understood: it is not of type ${type}; ${belongs}`,
    ],
    [
      'the bytes of a key',
      () => Buffer.from(pem('PUBLIC')),
      `the bytes that were given cannot be used: it is PEM and no keyset; ${belongs}`,
    ],
    ['the text of a keyset', () => `{ "payload": "${'x'.repeat(9_000)}" }`, text],
    ['the text of a key', () => pem('PUBLIC'), text],
  ])('that are %s are told as that', async (_, given, message) => {
    const folder = temporaryFolder();
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const said = await told(open({ store, follow: false, keys: given(folder) }));
    expect(said.replaceAll(folder, 'FOLDER')).toBe(`badKeys: \`keys\`: ${message}`);
  });
});

describe.each(['whole', 'lazy'] as const)('of terms that are read %s', (load) => {
  /** What was asked, as it is answered late or at once. */
  const asked = async (ask: (terms: Terms) => unknown): Promise<string> => {
    const of = await open({ store, follow: false, load, now: () => Date.parse('2026-07-01') });
    const readers = [of, of.snapshot() as Terms];
    const said = await Promise.all(
      readers.map(async (reader) => {
        try {
          return String(await ask(reader));
        } catch (error) {
          return String(error);
        }
      }),
    );
    expect(new Set(said).size).toBe(1);
    return said[0] as string;
  };

  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [{ account: 'acme' }, 'an object'],
    [42, "42; write '42'"],
  ])('the customer %o is refused', async (name, shown) => {
    expect(await asked((reader) => reader.customer(name as string))).toBe(
      `RangeError: a customer is asked for by its id or account id, a text; this is ${shown}`,
    );
  });

  const form = "{ account: 'acc_1', plan: 'studio@2', quantities: { seats: 9 } }";
  const plan = 'studio@2';
  test.each<[unknown, string]>([
    [undefined, `an account is asked for by ${form}; this is undefined`],
    ['acc_1', `an account is asked for by ${form}; this is "acc_1"`],
    [{}, `\`account\` is undefined: it is the id of the account, as in ${form}`],
    [{ account: '', plan }, `\`account\` is "": it is the id of the account, as in ${form}`],
    [{ account: 7, plan }, `\`account\` is 7: it is the id of the account, as in ${form}`],
    [{ account: 'bare', plan: null }, `\`plan\` is null: it is the name of a plan, as in ${form}, or left out`],
    [
      { account: 'u_1', plan, quantities: null },
      `\`quantities\` is null: it is numbers by setting, as in ${form}, or left out`,
    ],
    [
      { account: 'u_1', plan, quantities: [9] },
      `\`quantities\` is a list: it is numbers by setting, as in ${form}, or left out`,
    ],
  ])('the account %o is refused', async (account, message) => {
    expect(await asked((reader) => reader.account(account as { account: string }))).toBe(`RangeError: ${message}`);
  });
});

describe('a view', () => {
  const user = "a user is lists of texts, { roles: ['editor'], groups: ['finance'] }; groups may be left out";
  const group = "what is done in the name of a group is asked with { group: 'finance' }";
  const editor = { roles: ['editor'] };
  const days = (shown: string): string => `${shown} is no day like '2026-06-03', and no Date for an instant`;
  test.each<['at' | 'may' | 'onboardingNeeds', unknown[], string]>([
    ['at', [undefined], days('undefined')],
    ['at', [1_780_000_000_000], days('1780000000000')],
    ['at', [{}], days('an object')],
    ['at', [new Date('never')], days('a Date that is none')],
    ['may', [undefined, 'exportReports'], user],
    ['may', [{}, 'exportReports'], user],
    ['may', [{ roles: 'editor' }, 'exportReports'], user],
    ['may', [{ roles: [7] }, 'exportReports'], user],
    ['may', [{ roles: [], groups: 'finance' }, 'exportReports'], user],
    ['may', [editor], "an action is a text such as 'exportReports'; this is undefined"],
    ['may', [editor, 'exportReports', 'finance'], group],
    ['may', [editor, 'exportReports', null], group],
    ['may', [editor, 'exportReports', { group: ['finance'] }], group],
    ['onboardingNeeds', ['x'], `the details that are known are a list such as ['securityContact']; this is "x"`],
    ['onboardingNeeds', [null], `the details that are known are a list such as ['securityContact']; this is null`],
  ])('asked %s(…%o) refuses', (call, given, message) => {
    const view = terms.customer('bare');
    const ask = view?.[call] as (...given: unknown[]) => unknown;
    expect(() => ask(...given)).toThrow(new RangeError(message));
  });
});

describe('a listener', () => {
  const noListener = (shown: string): string =>
    `a listener is a function; this is ${shown}. A customer's id comes after it`;
  const noCustomer = (shown: string): string =>
    `a customer is listened to by its id or account id, a text; this is ${shown}`;
  const noDays = (shown: string): string =>
    `days before an end are a whole number from 0 to 1,000,000, and come before the listener; this is ${shown}`;
  const fn = (): void => {};
  test.each<['onChange' | 'onEnding' | 'onRelease' | 'onTrouble', unknown[], string]>([
    ['onChange', ['acme', fn], noListener('"acme"')],
    ['onChange', [], noListener('undefined')],
    ['onChange', [fn, null], noCustomer('null')],
    ['onChange', [fn, ''], noCustomer('""')],
    ['onEnding', [fn, 14], noDays('a function')],
    ['onEnding', ['14', fn], noDays('"14"')],
    ['onEnding', [-1, fn], noDays('-1')],
    ['onEnding', [Number.NaN, fn], noDays('NaN')],
    ['onEnding', [1e12, fn], noDays('1000000000000')],
    ['onEnding', [14, 'acme'], noListener('"acme"')],
    ['onEnding', [14, fn, 7], noCustomer('7')],
    ['onRelease', ['x'], noListener('"x"')],
    ['onTrouble', [{}], noListener('an object')],
  ])('given as %s(…%o) is refused', (call, given, message) => {
    const listen = terms[call] as (...given: unknown[]) => unknown;
    expect(() => listen(...given)).toThrow(new RangeError(message));
  });
});
