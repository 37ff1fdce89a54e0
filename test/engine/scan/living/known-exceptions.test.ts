import { describe, expect, it } from 'vitest';
import { exceptionEnds, findExceptionEnd } from '../../../../engine/scan/living/exception-ends.ts';
import {
  hashExceptions,
  knownExceptions,
  noExceptionsKnown,
  openHashedExceptions,
} from '../../../../engine/scan/living/known-exceptions.ts';
import { smallSettings } from '../../../fixtures/small-repository.ts';
import { record } from '../../../fixtures/views-company.ts';
import { yamlModel } from '../../../fixtures/yaml-model.ts';

const lasting = (expires: string, onLapse = 'keep') =>
  `starts: 2026-02-01, expires: ${expires}, onUpgrade: keep, onDowngrade: keep, onLapse: ${onLapse}`;
const configured = (id: string, expires: string, onLapse?: string) =>
  record({
    id,
    says: `decision: configuration, set: { ${id === 'EX-3' ? 'apiCalls: 9000' : 'sso: true'} }, ${lasting(expires, onLapse)}`,
  });

const files = {
  'plans/free@1.yaml': 'name: Free\nrank: 0\nprice: { free: true }\n',
  'policies/lifecycle.yaml': 'stages: { lapsed: { plan: free@1 }, closed: {} }\n',
  'customers/acme.yaml': `name: Acme\nplan: free@1\nexceptions:\n${[
    configured('EX-1', '2027-03-31'),
    record({ id: 'EX-2', says: 'decision: no' }),
    record({ id: 'EX-4', says: 'area: access, decision: feature' }),
    record({ id: 'EX-5', says: 'area: access, decision: service, ends: 2026-12-31' }),
    record({ id: 'EX-6', says: 'area: access, decision: service' }),
  ].join('')}`,
  'customers/globex.yaml': `name: Globex\nplan: free@1\nstatuses: [{ stage: closed, since: 2026-06-01, because: they left }]\nexceptions:\n${configured('EX-3', '2099-12-31', 'drop')}`,
};

const states: [string, string, string][] = [
  ['EX-1', '2026-01-01', 'open'],
  ['EX-1', '2027-03-31', 'open'],
  ['EX-1', '2027-04-01', 'closed'],
  ['EX-2', '2026-01-01', 'closed'],
  ['EX-3', '2026-05-31', 'open'],
  ['EX-3', '2026-06-01', 'closed'],
  ['EX-4', '2099-01-01', 'open'],
  ['EX-5', '2026-12-31', 'open'],
  ['EX-5', '2027-01-01', 'closed'],
  ['EX-6', '2099-01-01', 'open'],
  ['EX-9', '2026-01-01', 'unknown'],
  ['__proto__', '2026-01-01', 'unknown'],
];

describe('what is known of exceptions', () => {
  const model = yamlModel(files, smallSettings);
  const ends = model.then(exceptionEnds);

  it.each(states)('%s is, on %s, %s, in clear and hashed', async (id, day, state) => {
    const all = await ends;
    for (const endOf of [findExceptionEnd(await model), (each: string) => all.get(each)])
      expect(knownExceptions(endOf).stateOf(id, day)).toBe(state);
    expect(openHashedExceptions(hashExceptions(await ends, 'salt'), 'salt').stateOf(id, day)).toBe(state);
    expect(noExceptionsKnown.stateOf(id, day)).toBe('not known here');
  });

  it('says of a customer whether one may be theirs, in clear and hashed', async () => {
    const hashed = openHashedExceptions(hashExceptions(await ends, 'salt'), 'salt');
    for (const known of [knownExceptions(findExceptionEnd(await model)), hashed])
      expect(['globex', 'acme'].map((customer) => known.mayBeOf('EX-3', customer))).toEqual([true, false]);
    expect(
      [knownExceptions(findExceptionEnd(await model)), hashed, noExceptionsKnown].map((known) =>
        known.mayBeOf('EX-9', 'acme'),
      ),
    ).toEqual([true, true, true]);
  });

  it('holds no id and no customer where it is hashed, opens with its own salt only, and is the same again', async () => {
    const hashed = hashExceptions(await ends, 'salt');
    expect(JSON.stringify(hashed)).not.toMatch(/EX-|acme|globex/);
    expect(openHashedExceptions(hashed, 'pepper').stateOf('EX-1', '2026-01-01')).toBe('unknown');
    expect(JSON.stringify(hashExceptions(new Map([...(await ends)].reverse()), 'salt'))).toBe(JSON.stringify(hashed));
  });
});
