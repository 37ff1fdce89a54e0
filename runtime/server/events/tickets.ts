import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Subject, subjectKey } from './subject.ts';

/** Half of the longest life of a ticket, in milliseconds. */
const WINDOW = 12 * 3_600_000;
/** A ticket is part of an address, and many servers refuse those above 8 kB. */
const LONGEST = 2_000;
const MAC_BYTES = 24;

/** What a ticket lets its holder hear. */
export interface Admission {
  subject: Subject;
  /** In milliseconds since 1970. */
  until: number;
}

export interface Ticket {
  text: string;
  /** When its half day ends and another one is minted; in milliseconds since 1970. */
  renewed: number;
}

/** Lets whoever was told a customer's values hear that they changed, without a header: browsers cannot send one with a stream. */
export interface Tickets {
  /**
   * A ticket for 12 to 24 hours; the same one during half a day, so that an address that is in use stays the same. Undefined
   * where what was asked is too long for an address.
   */
  mint(subject: Subject): Ticket | undefined;
  /** Undefined for what was not minted here, or has ended. */
  read(ticket: string): Admission | undefined;
}

/** `secret`: the same in every process that stands in for another; without one, tickets end with this process. */
export function openTickets({
  secret = randomBytes(32),
  now,
}: {
  secret?: Uint8Array | undefined;
  now(): number;
}): Tickets {
  const macOf = (body: string): Buffer => createHmac('sha256', secret).update(body).digest().subarray(0, MAC_BYTES);
  return {
    mint(subject) {
      // Each customer's half day begins at a time of its own, else all would fetch anew at once.
      const offset = createHmac('sha256', secret).update(subjectKey(subject)).digest().readUInt32BE() % WINDOW;
      const until = (Math.floor((now() + offset) / WINDOW) + 2) * WINDOW - offset;
      const { account, plan = null, quantities = null } = subject;
      const body = Buffer.from(JSON.stringify([until, account, plan, quantities])).toString('base64url');
      if (body.length > LONGEST) return undefined;
      return { text: `${body}.${macOf(body).toString('base64url')}`, renewed: until - WINDOW };
    },
    read(ticket) {
      const [body = '', mac = '', ...rest] = ticket.split('.');
      const given = Buffer.from(mac, 'base64url');
      if (rest.length > 0 || body.length > LONGEST || given.length !== MAC_BYTES) return undefined;
      if (!timingSafeEqual(given, macOf(body))) return undefined;
      const [until, account, plan, quantities] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
      if (until <= now()) return undefined;
      return {
        until,
        subject: { account, ...(plan !== null && { plan }), ...(quantities !== null && { quantities }) },
      };
    },
  };
}
