import { expect, test } from 'vitest';
import { defaultLimits } from '../../../runtime/server/limits.ts';
import { drawFrom, seed, timesFrom } from '../../fixtures/release/counts.ts';
import { company } from '../../fixtures/release/published-company.ts';
import { bulkFaults, singleFaults } from '../../fixtures/server/ofrep-form.ts';
import { bulk, servedCompany, single } from '../../fixtures/server/served-company.ts';

const times = timesFrom('PROVISO_REQUESTS', 1_000);

/** Every customer has a greeting and a number of seats that nobody else has. */
const names = Array.from({ length: 20 }, (_, at) => `customer-${at}`);
const files = {
  ...company,
  ...Object.fromEntries(
    names.map((name, at) => [
      `customers/${name}.yaml`,
      `name: ${name}\naccount: acc-${at}\nplan: studio@2\nquantities: { seats: ${10 + at} }\n`,
    ]),
  ),
};

test(`${times} random requests are answered as the protocol says, and never with what another customer has`, async () => {
  const { post, publish, failures } = await servedCompany();
  await publish(files);
  const draw = drawFrom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T;
  const junk = (depth = 0): unknown =>
    pick<() => unknown>([
      () => null,
      () => draw() < 0.5,
      () => Math.floor(draw() * 2 ** 53) - 2 ** 52,
      () => draw(),
      () => '',
      () => String.fromCharCode(...Array.from({ length: 12 }, () => Math.floor(draw() * 0xffff))),
      () => pick(['__proto__', 'constructor', '../customer-1', 'customer-1\0', 'Customer-1', ' customer-1', '*']),
      () => 'x'.repeat(Math.floor(draw() * 3_000)),
      () => (depth > 3 ? [] : Array.from({ length: Math.floor(draw() * 4) }, () => junk(depth + 1))),
      () =>
        depth > 3
          ? {}
          : Object.fromEntries(Array.from({ length: Math.floor(draw() * 4) }, () => [keyOf(), junk(depth + 1)])),
    ])();
  const keyOf = (): string =>
    pick(['targetingKey', 'plan', 'quantities', 'context', 'seats', 'quantities.seats', '__proto__', 'toString', 'a']);
  const mutated = (text: string): Uint8Array => {
    const bytes = new TextEncoder().encode(text);
    for (let flips = 1 + Math.floor(draw() * 3); flips > 0 && bytes.length > 0; flips -= 1)
      bytes[Math.floor(draw() * bytes.length)] = Math.floor(draw() * 256);
    return bytes;
  };

  for (let time = 0; time < times; time += 1) {
    const at = Math.floor(draw() * names.length);
    const context: Record<string, unknown> = { targetingKey: pick([names[at], `acc-${at}`]) };
    const kind = pick(['honest', 'honest', 'more', 'junk', 'whole', 'bytes'] as const);
    if (kind === 'more') context[keyOf()] = junk();
    if (kind === 'junk') context.targetingKey = junk();
    const honest = JSON.stringify({ context });
    const body = kind === 'whole' ? JSON.stringify(junk()) : kind === 'bytes' ? mutated(honest) : honest;
    const key = pick(['seats', 'seats', 'region', encodeURIComponent(JSON.stringify(junk())), '__proto__']);
    const where = `seed ${seed}, request ${time}: ${key} ${typeof body === 'string' ? body : Buffer.from(body)}`;
    const isSingle = draw() < 0.5;
    const path = isSingle ? single(key) : bulk;
    const got = await post(path, body);
    expect(got.status, where).toBeLessThan(500);
    // No protocol is asked where the address alone is refused.
    if (path.length > defaultLimits.url) expect(got.status, where).toBe(414);
    else expect(isSingle ? singleFaults(got) : bulkFaults(got), where).toEqual([]);
    if (kind === 'honest' && (!isSingle || key === 'seats')) {
      const value = isSingle
        ? got.json.value
        : (got.json.flags as { key: string; value: unknown }[]).find((flag) => flag.key === 'seats')?.value;
      expect([got.status, value], where).toEqual([200, 10 + at]);
    }
    // Who is named gets what it has; nobody else's seats are ever there.
    const named = parsed(body);
    const others = names.flatMap((name, other) =>
      named === name || named === `acc-${other}`
        ? []
        : [`"value":${10 + other},"reason":"TARGETING_MATCH","variant":"account"`],
    );
    expect(
      others.filter((text) => got.text.includes(text)),
      where,
    ).toEqual([]);
  }
  expect(failures).toEqual([]);
});

function parsed(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'))?.context?.targetingKey;
  } catch {
    return undefined;
  }
}
