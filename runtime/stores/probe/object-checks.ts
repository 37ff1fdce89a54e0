import { maxObjectBytes, sha256 } from '../../snapshot/object.ts';
import { type Check, isSame, newBytes } from './trial.ts';

const named = (...objects: Uint8Array[]): Map<string, Uint8Array> =>
  new Map(objects.map((bytes) => [sha256(bytes), bytes]));

const isEqual = (found: ReadonlyMap<string, Uint8Array>, stored: ReadonlyMap<string, Uint8Array>): boolean =>
  found.size === stored.size && [...stored].every(([hash, bytes]) => isSame(found.get(hash), bytes));

const absent: Check = {
  name: 'absent-objects',
  proves: 'an object that was never stored is not there',
  async run({ clients: [client] }) {
    const [stored, never] = [named(newBytes()), named(newBytes())];
    await client.putAll(stored);
    const hashes = [...stored.keys(), ...never.keys()];
    if ((await client.get(hashes)).size !== 1) return 'it answers for an object that was never stored';
    const found = await client.has(hashes);
    return found.size === 1 && [...stored.keys()].every((hash) => found.has(hash))
      ? undefined
      : 'it says that it has objects that were never stored, so a release would lack them';
  },
};

const whole: Check = {
  name: 'whole-objects',
  proves: 'objects of 0 bytes to 1 MiB come back byte for byte, at once, to whoever asks',
  async run({ clients: [writer, reader] }) {
    const everyByte = Buffer.concat([newBytes(), Uint8Array.from({ length: 256 }, (_, index) => index)]);
    const objects = named(new Uint8Array(), everyByte, newBytes(maxObjectBytes), ...many(12));
    // Asked for before they are there, so that a cached "not there" shows.
    await reader.get([...objects.keys()]);
    await writer.putAll(objects);
    for (const client of [reader, writer])
      if (!isEqual(await client.get([...objects.keys()]), objects))
        return 'objects that it acknowledged are missing or changed when they are read back';
    return (await reader.has(objects.keys())).size === objects.size
      ? undefined
      : 'it says that objects it acknowledged are not there';
  },
};

const twice: Check = {
  name: 'objects-twice',
  proves: 'storing an object twice is harmless',
  async run({ clients: [first, second] }) {
    const shared = named(newBytes());
    const both = new Map([...shared, ...named(newBytes())]);
    await first.putAll(shared);
    await second.putAll(both);
    return isEqual(await first.get([...both.keys()]), both)
      ? undefined
      : 'an object that is stored a second time is missing or changed afterwards';
  },
};

const together: Check = {
  name: 'objects-together',
  proves: 'nothing is lost where several store objects at once',
  async run({ clients }) {
    const shared = newBytes();
    const own = clients.map(() => many(3));
    await Promise.all(clients.map((client, index) => client.putAll(named(shared, ...(own[index] ?? [])))));
    const all = named(shared, ...own.flat());
    const found = await Promise.all(clients.map((client) => client.get([...all.keys()])));
    return found.every((each) => isEqual(each, all))
      ? undefined
      : 'objects that were stored while others stored theirs are missing';
  },
};

const many = (count: number): Uint8Array[] => Array.from({ length: count }, () => newBytes());

export const objectChecks: readonly Check[] = [absent, whole, twice, together];
