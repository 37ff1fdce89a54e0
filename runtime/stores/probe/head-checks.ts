import { maxHeadBytes } from '../../snapshot/head.ts';
import { type Check, headOf, headsOf, isSame, newBytes, swap } from './trial.ts';

const rounds = 10;

/** Each check has a channel of its own, so that what one finds does not depend on the others. */
const firstHead: Check = {
  name: 'first-head-once',
  proves: 'the first head is created once, and only where nothing else was expected',
  async run({ clients: [first, second], env }) {
    const place = { env, channel: 'first-head-once' };
    if ((await headOf(first, place)).envelope) return 'there is a head before any was published';
    if (await swap(first, place, 'never-a-token', newBytes()))
      return 'a head that was to follow another is accepted where there is none';
    const head = newBytes();
    if (!(await swap(first, place, null, head))) return 'the first head is refused, so nothing can be published';
    for (const client of [second, first])
      if (await swap(client, place, null, newBytes()))
        return 'a second first head is accepted: two publishers would both win, and the release of one would be lost';
    return isSame((await headOf(second, place)).envelope, head)
      ? undefined
      : 'a refused head replaces the one in force';
  },
};

const wholeHead: Check = {
  name: 'whole-heads',
  proves: 'a head of 16 KiB comes back byte for byte',
  async run({ clients: [writer, reader], env }) {
    const place = { env, channel: 'whole-heads' };
    const head = newBytes(maxHeadBytes);
    if (!(await swap(writer, place, null, head))) return 'a head of 16 KiB is refused';
    return isSame((await headOf(reader, place)).envelope, head) ? undefined : 'a head comes back changed';
  },
};

const staleHead: Check = {
  name: 'stale-swap',
  proves: 'a head moves only from where it was seen',
  async run({ clients: [first, second], env }) {
    const place = { env, channel: 'stale-swap' };
    await swap(first, place, null, newBytes());
    const stale = (await headOf(second, place)).token;
    const head = newBytes();
    if (!(await swap(first, place, stale, head))) return 'a head is refused although nobody moved it';
    for (const client of [first, second])
      if (await swap(client, place, stale, newBytes()))
        return 'a head is replaced by somebody who had seen an older one: a release would be lost';
    return isSame((await headOf(second, place)).envelope, head)
      ? undefined
      : 'a refused head replaces the one in force';
  },
};

const foreignToken: Check = {
  name: 'foreign-swap',
  proves: 'what was seen of one channel moves no other',
  async run({ clients: [client], env }) {
    const [here, there] = [
      { env, channel: 'foreign-swap-1' },
      { env, channel: 'foreign-swap-2' },
    ];
    await swap(client, here, null, newBytes());
    await swap(client, there, null, newBytes());
    return (await swap(client, here, (await headOf(client, there)).token, newBytes()))
      ? 'a head is replaced by somebody who had only seen that of another channel'
      : undefined;
  },
};

const sameAgain: Check = {
  name: 'same-bytes-again',
  proves: 'a head that comes back to the same bytes is another state',
  async run({ clients: [client, other], env }) {
    const place = { env, channel: 'same-bytes-again' };
    const [a, b] = [newBytes(), newBytes()];
    await swap(client, place, null, a);
    const first = (await headOf(client, place)).token;
    await swap(client, place, first, b);
    if (!(await swap(client, place, (await headOf(client, place)).token, a))) return 'a head cannot come back';
    return (await swap(other, place, first, newBytes()))
      ? 'a head that came back to the same bytes is taken for the one it was before'
      : undefined;
  },
};

const oneWinner: Check = {
  name: 'one-winner',
  proves: `of eight publishers at once exactly one wins, ${rounds} times over, and the history holds the winners in order`,
  async run({ clients, env }) {
    const place = { env, channel: 'one-winner' };
    const winners: Uint8Array[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { token } = await headOf(clients[round % clients.length] ?? clients[0], place);
      const heads = clients.map(() => newBytes());
      const won = await Promise.all(
        clients.map((client, index) => swap(client, place, token, heads[index] ?? newBytes())),
      );
      const winning = heads.filter((_, index) => won[index]);
      if (winning.length > 1) return `${winning.length} publishers win the same race: releases would be lost`;
      winners.push(...winning);
    }
    if (winners.length < rounds)
      return `nobody wins ${rounds - winners.length} of ${rounds} races: publishing would fail`;
    return isList(await headsOf(clients[1], place), winners.reverse())
      ? undefined
      : 'the history does not hold exactly the heads that won, newest first';
  },
};

const seenAtOnce: Check = {
  name: 'seen-at-once',
  proves: 'a head is seen by everybody as soon as it is acknowledged',
  async run({ clients, env }) {
    const place = { env, channel: 'seen-at-once' };
    const clientAt = (index: number) => clients[index % clients.length] ?? clients[0];
    for (let round = 0; round < rounds; round += 1) {
      const head = newBytes();
      if (!(await swap(clientAt(round), place, (await headOf(clientAt(round), place)).token, head)))
        return 'a head is refused although nobody else moves it';
      for (const client of [clientAt(round + 1), clientAt(round + 2)])
        if (!isSame((await headOf(client, place)).envelope, head))
          return 'an older head is read after a newer one was acknowledged: a publish could not be told from a lost one';
    }
    return undefined;
  },
};

const wholeHistory: Check = {
  name: 'whole-history',
  proves: 'every head that was in force is kept, in order',
  async run({ clients: [writer, reader], env }) {
    const place = { env, channel: 'whole-history' };
    if ((await headsOf(reader, place)).length > 0) return 'there is a history before the first head';
    const heads = Array.from({ length: 12 }, () => newBytes());
    for (const head of heads) await swap(writer, place, (await headOf(writer, place)).token, head);
    heads.reverse();
    for (const client of [reader, writer])
      if (!isList(await headsOf(client, place), heads))
        return 'the history lacks heads that were in force or has them in another order: there would be nothing to roll back to';
    return undefined;
  },
};

const apart: Check = {
  name: 'places-apart',
  proves: 'environments and channels are apart from each other',
  async run({ clients: [client, reader], env, otherEnv }) {
    const places = [
      { env, channel: 'places-apart' },
      { env, channel: 'places-apart-2' },
      { env: otherEnv, channel: 'places-apart' },
    ];
    const heads = places.map(() => newBytes());
    for (const [index, place] of places.entries())
      if (!(await swap(client, place, null, heads[index] ?? newBytes())))
        return 'the first head of one channel is refused because another has one';
    for (const [index, place] of places.entries())
      if (!isList(await headsOf(reader, place), heads.slice(index, index + 1)))
        return 'one channel shows the heads of another';
    return undefined;
  },
};

const scratchOnly: Check = {
  name: 'scratch-only',
  proves: 'only what was for trying out can be forgotten, and then it is',
  async run({ clients: [client, other], env, otherEnv }) {
    const [kept, dropped] = [
      { env, channel: 'scratch-only' },
      { env: otherEnv, channel: 'scratch-only' },
    ];
    await swap(client, kept, null, newBytes());
    await swap(client, dropped, null, newBytes());
    // A name nobody publishes to: were it not refused, nothing of value may be lost by asking.
    const refused = await client.dropScratch(env.replace(/^scratch/, 'kept')).then(
      () => false,
      (error: unknown) => error instanceof Error && error.name === 'StoreError',
    );
    if (!refused) return 'the heads of an environment that is not for trying out can be dropped';
    await client.dropScratch(otherEnv);
    for (const each of [client, other])
      if ((await headOf(each, dropped)).envelope || (await headsOf(each, dropped)).length > 0)
        return 'heads of an environment for trying out are still there after it was dropped';
    return (await headOf(other, kept)).envelope ? undefined : 'dropping one environment drops the heads of another';
  },
};

const isList = (found: readonly Uint8Array[], expected: readonly Uint8Array[]): boolean =>
  found.length === expected.length && expected.every((head, index) => isSame(found[index], head));

export const headChecks: readonly Check[] = [
  firstHead,
  wholeHead,
  staleHead,
  foreignToken,
  sameAgain,
  oneWinner,
  seenAtOnce,
  wholeHistory,
  apart,
  scratchOnly,
];
