import type { StorePlace } from '../store.ts';

/** The names of what a store keeps in Redis. In a cluster, what is in braces says on which server a key lies. */
export interface Keys {
  object(hash: string): string;
  /** The hash in the name of an object's key. */
  hashOf(key: string): string;
  /** Patterns that find every object, and every list of heads of an environment. */
  objects: string;
  headsOf(env: string): string;
  heads(env: string, channel: string): string;
  /** The pattern of every list of heads, and the place a key is of; undefined where it is another's. */
  everyHead: string;
  placeOf(key: string): StorePlace | undefined;
  /** The channel on which it is told that a head moved. */
  hints(env: string, channel: string): string;
  /** Which clients of an environment said something, and what one of them said; `client` is the hash of its name. */
  clients(env: string): string;
  report(env: string, client: string): string;
}

export function keysOf(prefix: string): Keys {
  const objects = `${prefix}:o:`;
  return {
    object: (hash) => `${objects}${hash}`,
    hashOf: (key) => key.slice(objects.length),
    objects: `${objects}*`,
    headsOf: (env) => `${prefix}:heads:{${env}}/*`,
    heads: (env, channel) => `${prefix}:heads:{${env}}/${channel}`,
    everyHead: `${prefix}:heads:{*}/*`,
    placeOf: (key) => {
      const [env, channel, more] = key.slice(`${prefix}:heads:{`.length).split('}/');
      return env && channel && more === undefined ? { env, channel } : undefined;
    },
    hints: (env, channel) => `${prefix}:moved:${env}/${channel}`,
    clients: (env) => `${prefix}:clients:{${env}}`,
    report: (env, client) => `${prefix}:clients:{${env}}/${client}`,
  };
}
