import { randomBytes } from 'node:crypto';
import { boundedCache } from '../../client/bounded-cache.ts';
import type { LazyTerms, Terms } from '../../client/terms.ts';
import { digestOf } from '../ofrep/flag-set.ts';
import { type Asking, type OpenStream, openHub } from './hub.ts';
import { retryLine } from './retry-line.ts';
import type { Subject } from './subject.ts';
import { type Admission, openTickets } from './tickets.ts';

export interface StreamOptions {
  /**
   * What tickets are signed with: the same in every process a client may be led to. Default: drawn at the start; clients then
   * fetch anew after a restart.
   */
  secret?: Uint8Array | undefined;
  /** Streams at one time. Default: 10,000. */
  most?: number | undefined;
  /** Milliseconds since 1970. */
  now?: (() => number) | undefined;
  /** From 0 to below 1; asked once, where waiting times begin. */
  random?: (() => number) | undefined;
  /** Nobody is let in any more. Default: never so. */
  isStopping?: (() => boolean) | undefined;
}

/** The streams of a server. */
export interface Streams {
  /** Undefined when there are as many as may be. @throws StoreError, SnapshotError where the customer cannot be read now */
  open(terms: Terms | LazyTerms, asking: Asking): Promise<AsyncIterable<string> | undefined>;
  /** Where a client hears of a subject without a header; undefined where the address would be too long. */
  addressOf(subject: Subject): string | undefined;
  /** Whether the address that a subject has now is still the one it is given; asked as often as its values are. */
  holdsOf(subject: Subject): () => boolean;
  /**
   * The validator of values with this digest. It says the address too: a client that keeps its values keeps that with them,
   * and must be given another when it ends.
   */
  tagOf(subject: Subject, values: string): string;
  /** Whom an address admits; undefined for what was not given out here, or has ended. */
  admit(ticket: string): Admission | undefined;
  /** Nobody is let in any more: whoever comes is told `turnedAway`. */
  isStopping(): boolean;
  /**
   * The whole stream of somebody who comes too early or too late: when to come again. Readers that are told so with an error
   * never come again, as the standard of such streams has it.
   */
  turnedAway(): string;
  /** Streams that are open now. */
  readonly size: number;
}

/** Where a subject's stream is, and what of it is in the tags of its values. */
interface Lead {
  address: string | undefined;
  mark: string;
  /** Milliseconds since 1970. */
  from: number;
  until: number;
}

/** In characters of what was asked with and of addresses. */
const KEPT_LEADS = 8_000_000;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export function openStreams(options: StreamOptions = {}): Streams {
  const { now = Date.now, random = Math.random, most = 10_000, secret, isStopping = () => false } = options;
  const tickets = openTickets({ secret, now });
  const origin = randomBytes(6).toString('base64url');
  const hubs = new WeakMap<Terms | LazyTerms, OpenStream>();
  const leads = boundedCache<Lead>(KEPT_LEADS);
  let size = 0;
  // By chance some of a few hundred would fall together; steps of the golden ratio never do.
  let step = random();
  const spread = (): number => {
    const at = step;
    step = (step + GOLDEN) % 1;
    return at;
  };

  // Where the clock was set back, too.
  const holds = ({ from, until }: Lead): boolean => from <= now() && now() < until;
  const lead = (subject: Subject): Lead => {
    const key = JSON.stringify(subject);
    const known = leads.get(key);
    if (known && holds(known)) return known;
    const ticket = tickets.mint(subject);
    const address = ticket && `/ofrep/v1/events?ticket=${ticket.text}`;
    const from = now();
    const mark = digestOf(address ?? '').slice(0, 6);
    const made: Lead = { address, mark, from, until: ticket ? ticket.renewed : Number.POSITIVE_INFINITY };
    // What is asked with may be long; such a one has no address.
    if (ticket) leads.set(key, made, key.length + 400);
    return made;
  };
  const addressOf = (subject: Subject): string | undefined => lead(subject).address;
  const tagOf = (subject: Subject, values: string): string => `${values}.${lead(subject).mark}`;
  const hubOf = (terms: Terms | LazyTerms): OpenStream => {
    const hub = hubs.get(terms) ?? openHub(terms, { origin, tagOf, now, spread });
    hubs.set(terms, hub);
    return hub;
  };

  return {
    get size() {
      return size;
    },
    addressOf,
    holdsOf(subject) {
      const own = lead(subject);
      return () => holds(own);
    },
    tagOf,
    admit: (ticket) => tickets.read(ticket),
    isStopping,
    turnedAway: () => `${retryLine(spread)}\n`,
    async open(terms, asking) {
      if (size >= most) return undefined;
      // Counted before it is opened: many who come at once are as many.
      size += 1;
      let isOpen = true;
      const leave = (): void => {
        if (isOpen) size -= 1;
        isOpen = false;
      };
      try {
        return await hubOf(terms)(asking, leave);
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
