import type { Situation } from '../syntax/situation.ts';
import { isUnlistedSetting } from './is-set.ts';
import type { Surroundings } from './judge.ts';
import { judgeSubject } from './subject.ts';

const UUID = /^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;
// A letter after a digit, or digits alone: not `line1`, `oauth2`.
const PREFIXED = /^[a-z]{1,12}[_-](?:(?=[A-Za-z0-9]*\d[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{4,}|\d{2,})$/;
const NUMBERED = /^[A-Z]{1,5}-\d{2,}(?:-\d+)*$|^[A-Z]{1,5}-[A-Z]{1,5}-\d{2,}$/;
const MIXED = /^(?=\D*\d\D*\d)(?=[A-Za-z0-9]*\d[A-Za-z0-9]*[A-Za-z])(?=.*[A-Za-z])[A-Za-z0-9]{10,40}$/;

const LONGEST = 64;

/** An id that tells nothing to who reads it: a key of another system, a UUID, a number of two digits or more. */
export function isOpaque(text: string): boolean {
  if (text.length > LONGEST) return false;
  if (/^[1-9]\d+$/.test(text)) return true;
  return (
    (UUID.test(text) && !/^[{0-]*[}]?$/.test(text)) || PREFIXED.test(text) || NUMBERED.test(text) || MIXED.test(text)
  );
}

/** 0, 1 and -1 are no account's number: they stand for none, the first or all. */
export const isOpaqueNumber = (text: string): boolean =>
  /^[2-9]$|^[1-9][\d_]+(?:[lLnNuU]*|i64|u64|i32|u32)$/.test(text);

const HOWS: ReadonlySet<Situation['how']> = new Set(['equality', 'case', 'membership', 'query', 'fallback']);

/** Whether an opaque literal is compared with an identifier of an account there. */
export function isUnlisted(situation: Situation, around: Surroundings): boolean {
  const { how, subject = '', holders } = situation;
  if (situation.how === 'setting') return isUnlistedSetting(situation, around);
  // `legacy_tenant_ids: [60133, 60178]`
  if (
    (how === 'property' || how === 'element') &&
    IDS.test(subject || (holders[0] ?? '')) &&
    situation.peers.length > 0
  )
    return isAccount(subject || (holders[0] ?? ''), around);
  if (how === 'property')
    return (
      holders.length > 1 &&
      isAccount(subject, around) &&
      holders.slice(1).some((name) => /overrid|exception|special|allow|beta/i.test(name))
    );
  if (how !== 'membership' && COUNTS.test(subject)) return false;
  return (HOWS.has(how) || how === 'key') && isAccount(subject, around);
}

/** `limits.workspaces === 3`: so many of them. */
const COUNTS =
  /(?:accounts|accts|customers|clients|tenants|orgs|organi[sz]ations|companies|workspaces|merchants|subscribers|contracts)\W*$/i;

const IDS = /ids|uuids|guids$/i;

const isAccount = (subject: string, around: Surroundings): boolean =>
  judgeSubject(subject, around) === 'account' &&
  !/name|host|domain|mail|origin|site\b|\bsub$|code\W*$|hash\W*$/i.test(subject);
