import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  limitRequests,
  type Meter,
  type MeterOptions,
  openMeter,
  type RequestLimitOptions,
} from '../../../runtime/enforce/index.ts';
import type { CustomerView, Terms } from '../../../runtime/index.ts';
import { customerOf, type Metered, openMetered } from '../../fixtures/enforce/metered-company.ts';

const now = (): number => Date.parse('2026-02-10T12:00:00Z');
let terms: Terms<Metered>;
let meter: Meter;
beforeAll(async () => {
  terms = await openMetered(now);
  meter = await openMeter({ in: 'memory:', now });
});

const mode =
  "'hard' or 'report'; up to somewhat above the limit is granted with `grace`, { grace: 50 } or { grace: '10%' }";
const words = "'grant' or 'deny' or 'throw'";

/** What whoever writes JavaScript may say of a use, and what is wrong with it, after the name of the call. */
const uses: [Record<string, unknown>, string][] = [
  [{ mode: 'soft' }, `\`mode\` of CALL is "soft": it is ${mode}`],
  [{ mode: 'Hard' }, `\`mode\` of CALL is "Hard": it is ${mode}`],
  [{ mode: null }, `\`mode\` of CALL is null: it is ${mode}`],
  [{ whenDown: 'refuse' }, `\`whenDown\` of CALL is "refuse": it is ${words}`],
  [{ countUnlimited: 'no' }, '`countUnlimited` of CALL is "no": it is true or false'],
];

describe('a use', () => {
  test.each([
    ...uses,
    [{ whendown: 'deny' }, 'CALL has no option `whendown`; it has mode, grace, whenDown, countUnlimited'],
  ] as typeof uses)('with %o is refused and not counted', async (options, message) => {
    const used = meter.consume(customerOf(terms), 'monthly', 1, options);
    await expect(used).rejects.toThrow(new RangeError(message.replace('CALL', 'consume')));
    expect(await meter.peek(customerOf(terms), 'monthly')).toMatchObject({ used: 0 });
  });

  test('of unlimited is refused as well, before anybody relies on it', async () => {
    const open = terms.account({ account: 'u_1', plan: 'open@1' });
    await expect(meter.consume(open, 'monthly', 1, { mode: 'soft' as 'hard' })).rejects.toThrow(RangeError);
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['acme', '"acme"'],
    [{ account: 'acme' }, 'an object'],
  ])('by the customer %o is refused', async (customer, shown) => {
    const message = `use is counted for what \`terms.customer\` or \`terms.account\` answers; this is ${shown}`;
    const given = customer as unknown as CustomerView<Metered>;
    for (const asked of [
      meter.consume(given, 'monthly'),
      meter.peek(given, 'monthly'),
      meter.giveBack(given, 'monthly', 1),
    ])
      await expect(asked).rejects.toThrow(new RangeError(message));
  });
});

describe('a limit of requests', () => {
  const whole = { setting: 'monthly', customerOf: () => undefined };
  const names = 'mode, grace, whenDown, countUnlimited, meter, setting, customerOf, cost';
  test.each([
    ...uses,
    [{ meter: undefined }, '`meter` of CALL is missing: it is what `openMeter` opened'],
    [{ meter: Promise.resolve() }, '`meter` of CALL is an object: it is what `openMeter` opened'],
    [{ setting: '' }, '`setting` of CALL is "": it is the limit that requests use, such as \'apiCalls\''],
    [{ customerOf: 'acme' }, '`customerOf` of CALL is "acme": it is a function that says whose limit it is'],
    [{ cost: '2' }, '`cost` of CALL is "2": it is a number, or a function that says one'],
    [{ costs: 2 }, `CALL has no option \`costs\`; it has ${names}`],
  ] as typeof uses)('with %o is refused when it is made', (option, message) => {
    const options = { meter, ...whole, ...option } as unknown as RequestLimitOptions<unknown, Metered>;
    expect(() => limitRequests(options)).toThrow(new RangeError(message.replace('CALL', 'limitRequests')));
  });
});

describe('a meter', () => {
  const patience = 'a number of milliseconds from 1 to 3,600,000';
  test.each<[unknown, string]>([
    [undefined, 'openMeter takes an object of options; this is undefined'],
    [{ at: 'memory:' }, 'openMeter has no option `at`; it has in, prefix, patience, onTrouble, now'],
    [{ prefix: '' }, '`prefix` of openMeter is "": it is what every count begins with, such as \'proviso-usage\''],
    [{ patience: 0 }, `\`patience\` of openMeter is 0: it is ${patience}`],
    [{ patience: Number.POSITIVE_INFINITY }, `\`patience\` of openMeter is Infinity: it is ${patience}`],
    [{ onTrouble: 'log' }, '`onTrouble` of openMeter is "log": it is a function that is told when the store fails'],
    [{ now: 0 }, '`now` of openMeter is 0: it is a function that says how many milliseconds have passed since 1970'],
  ])('with %o is not opened', async (option, message) => {
    const options = option && { ...(!('at' in (option as object)) && { in: 'memory:' }), ...(option as object) };
    await expect(openMeter(options as MeterOptions)).rejects.toThrow(new RangeError(message));
  });

  /** A port nothing listens on. */
  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  test.each([
    ['redis', '/2', ' has not answered within 300 milliseconds'],
    ['postgres', '/db', ' failed'],
  ])('in %s where nothing listens says where, and why, once and without a password', async (scheme, path, what) => {
    const port = await freePort();
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => warned.mockRestore());
    const down = await openMeter({ in: `${scheme}://me:secret@127.0.0.1:${port}${path}`, patience: 300, now });
    onTestFinished(() => down.close());
    const message = `the store of use in ${scheme}://127.0.0.1:${port}${path}${what}: nothing listens there; start it, or check host and port (ECONNREFUSED)`;
    const ask = (): Promise<unknown> => down.consume(customerOf(terms), 'monthly', 1, { whenDown: 'throw' });
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable', message, cause: { code: 'ECONNREFUSED' } });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await expect(ask()).rejects.toMatchObject({ message });
    expect(warned.mock.calls).toEqual([[`${message}; meanwhile use is not counted`, 'MeterWarning']]);
  });
});
