import { describe, expect, test } from 'vitest';
import { edited, replaced } from '../../fixtures/diff/small-company.ts';
import { company } from '../../fixtures/release/published-company.ts';
import { hostRoutes } from '../../fixtures/server/host-routes.ts';
import { type Block, type Events, readEvents } from '../../fixtures/server/read-events.ts';
import { bulk, liveRoutes, type Served, servedCompany } from '../../fixtures/server/served-company.ts';
import { aWhile, until } from '../../fixtures/server/until.ts';

const STUDIO = 'plans/studio@2.yaml';
const moreSeats = (seats: number, files = company) => replaced(files, STUDIO, 'seats: 5', `seats: ${seats}`);
const faster = replaced(company, STUDIO, 'firstResponseHours: 24', 'firstResponseHours: 12');

const own = ({ url }: Served, customer: string, rest = ''): string =>
  `${url}/v1/events?customer=${encodeURIComponent(customer)}${rest}`;

/** All flags of a context, and where changes of them are heard. */
async function fetched(served: Served, targetingKey: string, rest: object = {}) {
  const got = await served.post(bulk, { context: { targetingKey, ...rest } });
  const [stream] = got.json.eventStreams as { endpoint: { requestUri: string } }[];
  return { etag: got.headers.get('etag') ?? '', url: `${served.url}${stream?.endpoint.requestUri}` };
}

/** Without ids and times, which are of the day. */
const plain = (blocks: readonly Block[]): unknown[] =>
  blocks.map(({ event, data = {} }) => {
    const { etag: _etag, lastModified: _at, ...rest } = data;
    return [event, rest];
  });
const refetch = ['message', { type: 'refetchEvaluation' }];
const changed = (customer: string, release: number, settings = ['seats'], cause = 'release', parts = ['settings']) => [
  'change',
  { customer, cause, parts, settings, release },
];

async function silent(events: Events, had = events.blocks.length): Promise<void> {
  await aWhile();
  expect(events.blocks.slice(had)).toEqual([]);
}

describe('a stream of a customer', () => {
  test('is what a browser and a proxy take for one', async () => {
    const { status, headers, text } = await readEvents(own(await servedCompany(), 'bare'));
    expect([
      status,
      headers.get('content-type'),
      headers.get('cache-control'),
      headers.get('x-accel-buffering'),
    ]).toEqual([200, 'text/event-stream; charset=utf-8', 'private, no-store', 'no']);
    expect(text).toMatch(/^retry: \d+\nid: [\w.-]+\nevent: ready\ndata: \{"customer":"bare","release":1\}\n\n$/);
  });

  test('tells what changed, with its cause, and nothing of others', async () => {
    const served = await servedCompany();
    const [bare, quarry] = [await readEvents(own(served, 'bare')), await readEvents(own(served, 'acc_77'))];
    await served.publish(moreSeats(6));
    expect(plain(await bare.count(3)).slice(1)).toEqual([changed('bare', 2), refetch]);
    await served.publish(moreSeats(6, faster));
    expect(plain(await bare.count(4)).slice(3)).toEqual([changed('bare', 3, [], 'release', ['terms'])]);
    await silent(quarry, 1);
    await served.publish(moreSeats(6, replaced(faster, 'customers/quarry-labs.yaml', 'seats: 40', 'seats: 41')));
    expect(plain(await quarry.count(3)).slice(1)).toEqual([changed('quarry-labs', 4), refetch]);
    await silent(bare, 4);
  });

  test('tells of a day on which something ends', async () => {
    const served = await servedCompany();
    const special = await readEvents(own(served, 'special'));
    served.clock.now = Date.parse('2027-01-01T00:00:01Z');
    await served.terms.refresh();
    expect(plain(await special.count(3)).slice(1)).toEqual([
      changed('special', 1, ['seats'], 'time', ['settings', 'access']),
      refetch,
    ]);
  });

  test('begins before the customer is there, and outlives it', async () => {
    const served = await servedCompany();
    const fresh = await readEvents(own(served, 'acc_5'));
    const file = { 'customers/fresh.yaml': 'name: Fresh\naccount: acc_5\nplan: studio@2\n' };
    await served.publish(edited(company, file));
    const settings = Object.keys(served.terms.settings);
    const parts = ['settings', 'plan', 'stage', 'terms', 'access'];
    expect(plain(await fresh.count(3))).toEqual([
      ['ready', { customer: 'acc_5', release: 1 }],
      changed('fresh', 2, settings, 'release', parts),
      refetch,
    ]);
  });

  test.each([
    ['', 'customerMissing'],
    ['?customer=', 'customerMissing'],
    ['?customer=a&customer=b', 'badQuery'],
    [`?customer=${'x'.repeat(600)}`, 'badQuery'],
  ])('needs one customer, not %s', async (query, code) => {
    const served = await servedCompany();
    const response = await fetch(`${served.url}/v1/events${query}`);
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([400, code]);
  });

  test('is told from every customer that is read lazily, too', async () => {
    const served = await servedCompany({ open: { load: 'lazy' } });
    const bare = await readEvents(own(served, 'bare'));
    await served.publish(moreSeats(6));
    expect(plain(await bare.count(3)).slice(1)).toEqual([changed('bare', 2), refetch]);
  });
});

describe('a stream of flags', () => {
  test('says that they are others, with their validator, and not how', async () => {
    const served = await servedCompany();
    const { url } = await fetched(served, 'bare');
    const events = await readEvents(url);
    expect(events.text).toMatch(/^retry: \d+\nid: [\w.-]+\n\n$/);
    await served.publish(faster);
    await silent(events);
    await served.publish(moreSeats(6, faster));
    const [event] = await events.count(1);
    const { etag } = await fetched(served, 'bare');
    expect(event).toEqual({
      id: expect.any(String),
      event: 'message',
      data: { type: 'refetchEvaluation', etag, lastModified: Math.floor(served.clock.now / 1_000) },
    });
    await silent(events);
  });

  test('tells at once what happened between the flags and the stream', async () => {
    const served = await servedCompany();
    const { url } = await fetched(served, 'bare');
    await served.publish(moreSeats(6));
    const events = await readEvents(url);
    expect(plain(await events.count(1))).toEqual([refetch]);
    await silent(await readEvents((await fetched(served, 'bare')).url));
  });

  test('of an account follows the plan it said, until it has a file', async () => {
    const served = await servedCompany();
    const account = { plan: 'studio@2', quantities: { storageGb: 5 } };
    const events = await readEvents((await fetched(served, 'acc_5', account)).url);
    await served.publish(replaced(company, 'plans/team@1.yaml', 'seats: 20', 'seats: 21'));
    await silent(events);
    await served.publish(moreSeats(6));
    await events.count(1);
    await served.publish(edited(moreSeats(6), { 'customers/fresh.yaml': 'name: F\naccount: acc_5\nplan: team@1\n' }));
    await events.count(2);
    await silent(events);
  });

  test('of an account says that its plan has become another', async () => {
    const old = replaced(
      company,
      STUDIO,
      'name: Studio\n',
      'name: Studio\nbecomes: { plan: team@1, on: 2026-07-02 }\n',
    );
    const served = await servedCompany();
    await served.publish(old);
    const events = await readEvents((await fetched(served, 'acc_5', { plan: 'studio@2' })).url);
    served.clock.now = Date.parse('2026-07-02T00:00:00Z');
    expect(plain(await events.count(1))).toEqual([refetch]);
  });

  test('is for whoever was told the flags, for a day, and for nobody else', async () => {
    const served = await servedCompany({ token: 'a-token' });
    const headers = { authorization: 'Bearer a-token' };
    const asking = { context: { targetingKey: 'bare' } };
    const [stream] = (await served.post(bulk, asking, headers)).json.eventStreams as {
      endpoint: { requestUri: string };
    }[];
    const url = new URL(stream?.endpoint.requestUri ?? '', served.url);
    const ticket = url.searchParams.get('ticket') ?? '';
    const statusOf = async (text: string): Promise<number> => {
      const response = await fetch(`${served.url}/ofrep/v1/events?ticket=${text}`);
      await response.body?.cancel();
      return response.status;
    };
    const [body = '', mac = ''] = ticket.split('.');
    const [until, , ...rest] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    const forged = Buffer.from(JSON.stringify([until, 'harbor', ...rest])).toString('base64url');
    const later = Buffer.from(JSON.stringify([until + 1e9, 'bare', ...rest])).toString('base64url');
    expect(until - served.clock.now).toBeGreaterThan(12 * 3_600_000 - 1);
    expect(until - served.clock.now).toBeLessThanOrEqual(24 * 3_600_000);
    expect(await statusOf(ticket)).toBe(200);
    for (const text of [
      '',
      'x',
      '.',
      `${body}.`,
      `.${mac}`,
      `${forged}.${mac}`,
      `${later}.${mac}`,
      `${ticket}.x`,
      `${body}.${mac.slice(4)}`,
    ])
      expect([text, await statusOf(text)]).toEqual([text, 401]);
    served.clock.now = until;
    expect(await statusOf(ticket)).toBe(401);
    expect((await fetch(`${served.url}/v1/events?customer=bare&ticket=${ticket}`)).status).toBe(401);
  });

  test('has no address that is longer than servers take', async () => {
    const served = await servedCompany();
    const many = '語'.repeat(512);
    const got = await served.post(bulk, { context: { targetingKey: many, plan: 'studio@2' } });
    expect([got.status, got.json.eventStreams]).toEqual([200, undefined]);
  });
});

describe('a reader that was cut off', () => {
  const back = (url: string, events: Events): Promise<Events> =>
    readEvents(url, { 'last-event-id': events.lastId ?? '' });

  test('hears what it missed, once, and then goes on', async () => {
    const served = await servedCompany();
    const first = await readEvents(own(served, 'bare'));
    first.close();
    await served.publish(moreSeats(6));
    await served.publish(moreSeats(6, faster));
    await aWhile();
    const second = await back(own(served, 'bare'), first);
    expect(plain(await second.count(4))).toEqual([
      ['ready', { customer: 'bare', release: 3 }],
      changed('bare', 2),
      refetch,
      changed('bare', 3, [], 'release', ['terms']),
    ]);
    second.close();
    const third = await back(own(served, 'bare'), second);
    await silent(third, 1);
    await served.publish(moreSeats(7, faster));
    expect(plain(await third.count(3)).slice(1)).toEqual([changed('bare', 4), refetch]);
  });

  test('and is again before it heard what it missed, hears it the next time', async () => {
    const served = await servedCompany();
    const { url } = await fetched(served, 'bare');
    const whole = [await readEvents(own(served, 'bare')), await readEvents(url)];
    for (const stream of whole) stream.close();
    await served.publish(moreSeats(6));
    await aWhile();
    const [all, values] = await Promise.all([
      back(own(served, 'bare'), whole[0] as Events),
      back(url, whole[1] as Events),
    ]);
    const sequences = (text: string): number[] => [...text.matchAll(/^id: \d+\.(\d+)\./gm)].map(([, at]) => Number(at));
    // What comes before says no place of its own: whoever is cut off after it is where he was.
    expect(all.text).toMatch(/^retry: \d+\nevent: ready\n.*\n\nid: .*\nevent: change\n.*\n\nid: .*\nevent: message\n/);
    expect(sequences(all.text)).toEqual([1, 2]);
    expect(values.text).toMatch(/^retry: \d+\nid: .*\nevent: message\n/);
    expect(sequences(values.text)).toEqual([2]);
  });

  test('hears nothing where nothing changed for it, also from another process', async () => {
    const served = await servedCompany();
    const { url } = await fetched(served, 'bare');
    const first = await readEvents(url);
    await served.publish(moreSeats(6));
    await first.count(1);
    await served.publish(replaced(moreSeats(6), 'customers/buying.yaml', 'seats: 9', 'seats: 10'));
    await silent(await back(url, first));
    const other = await hostRoutes(served.terms, liveRoutes({ now: () => served.clock.now }));
    const there = await back(`${other.url}/v1/events?customer=bare`, await readEvents(own(served, 'bare')));
    await silent(there, 1);
  });

  test.each(['nonsense', '7', '1.0.other-process.digest', '99999.5.x.y', '1.0', 'é', 'x'.repeat(3_000)])(
    'with an id nobody gave it (%s) is told to fetch anew, once',
    async (id) => {
      const served = await servedCompany();
      const headers = { 'last-event-id': Buffer.from(id).toString('latin1') };
      const events = await readEvents((await fetched(served, 'bare')).url, headers);
      expect(plain(await events.count(1))).toEqual([refetch]);
      await silent(events);
    },
  );

  test('by another process, where something changed, is told to fetch anew, once', async () => {
    const served = await servedCompany();
    const first = await readEvents(own(served, 'bare'));
    first.close();
    await served.publish(moreSeats(6));
    const other = await hostRoutes(served.terms, liveRoutes({ now: () => served.clock.now }));
    const events = await back(`${other.url}/v1/events?customer=bare`, first);
    expect(plain(await events.count(2))).toEqual([['ready', { customer: 'bare', release: 2 }], refetch]);
    await silent(events);
  });

  test('for longer than is kept is told to fetch anew, once', async () => {
    const served = await servedCompany();
    const first = await readEvents(own(served, 'bare'));
    first.close();
    await until(() => first.hasEnded, 'it is closed');
    const another = await readEvents(own(served, 'bare'));
    for (let time = 1; time <= 10; time += 1) {
      await served.publish(moreSeats(time % 2 === 0 ? 6 : 7));
      await another.count(1 + 2 * time);
    }
    const events = await back(own(served, 'bare'), first);
    expect(plain(await events.count(2)).slice(1)).toEqual([refetch]);
    await silent(events);
  });
});

test('there are so many streams and no more; a place that is left is another’s', async () => {
  const served = await servedCompany({ streams: { most: 2 } });
  const [one] = [await readEvents(own(served, 'bare')), await readEvents(own(served, 'bare'))];
  // A browser takes another status than 200 for the end of all streams of that address.
  const turnedAway = async (): Promise<unknown[]> => {
    const answer = await fetch(own(served, 'bare'));
    return [answer.status, answer.headers.get('content-type'), await answer.text()];
  };
  const comeAgain = [200, 'text/event-stream; charset=utf-8', expect.stringMatching(/^retry: [3-9]\d{3}\n\n$/)];
  expect(await turnedAway()).toEqual(comeAgain);
  one?.close();
  await aWhile();
  expect((await readEvents(own(served, 'harbor'))).text).toContain('event: ready');
  expect(await turnedAway()).toEqual(comeAgain);
});

test('a server that stops ends its streams with a time to come again', async () => {
  const served = await servedCompany();
  const events = await readEvents(own(served, 'bare'));
  await served.kill();
  await until(() => events.hasEnded, 'it has ended');
  expect(events.retry).toBeGreaterThanOrEqual(3_000);
  expect(events.retry).toBeLessThanOrEqual(9_000);
});
