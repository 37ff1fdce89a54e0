import { defineCheck } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { type Answers, type Asked, answersOf } from './facts/five-answers.ts';
import { placeIn } from './facts/place-in.ts';
import { sharedIdentities } from './facts/shared-identities.ts';

const questions = [
  'is it configuration, not code?',
  'does the same account move over?',
  'does support understand it?',
  'do invoices stay right?',
  'is it the same permission model?',
] as const;

export const check = defineCheck({
  name: 'five-questions',
  summary:
    'a new or changed exception, contract or group answers one of five blunt questions with no; two are an error',
  scope: 'change',
  severity: 'error',
  options: {
    words: {
      kind: 'count',
      default: 4,
      description: 'How many words a need or a reason has that support can understand.',
    },
  },
  example: {
    finds: {
      'customers/acme.yaml':
        'exceptions: [{ add: { seats: 20 }, livesIn: code, need: More seats for the season., because: It was agreed with sales. }]',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ set: { sessionHours: 8 }, need: Shifts sign in anew every day., because: Their auditors ask for short sessions. }]',
    },
  },
  *find(change, { words }) {
    const shared = sharedIdentities(change);
    for (const asked of askedIn(change)) {
      const sharing = shared
        .get(asked.customer.id)
        ?.map(({ words: what, other }) => `${what} belongs to ${other} already`);
      const answers: Answers = answersOf(change, asked, words, sharing ?? []);
      const noes = answers.flatMap((reasons, index) =>
        reasons.length > 0 ? [{ question: questions[index], reasons }] : [],
      );
      if (noes.length === 0) continue;
      yield {
        milder: noes.length === 1,
        at: placeIn(asked.customer, ...asked.pointer),
        message: `${asked.what} answers ${noes.length} of 5 questions with no: ${noes.map(({ question, reasons }) => `${question} no, ${reasons.join(', and ')}`).join('; ')}`,
        help: `the five answers: ${questions.map((question, index) => `${index + 1} ${question} ${(answers[index]?.length ?? 0) > 0 ? 'no' : 'yes'}`).join(' · ')}`,
      };
    }
  },
});

/** What the change adds or alters of exceptions, contracts and groups. A refusal or a service asks nothing of the product. */
function* askedIn(change: CheckedChange): Generator<Asked> {
  for (const { customer, index, pointer, after } of change.exceptions)
    if (after.decision !== 'no')
      yield { kind: 'exception', what: after.id, customer, index, pointer, exception: after };
  for (const { customer, pointer, before, after } of change.contracts)
    yield { kind: 'contract', what: `contract ${after.id}`, customer, pointer, contract: after, before };
  for (const { before, after } of change.customers) {
    if (!after) continue;
    const known = new Set(before?.data.access?.groups?.map((group) => JSON.stringify(group)));
    for (const [index, group] of (after.data.access?.groups ?? []).entries())
      if (!known.has(JSON.stringify(group)))
        yield {
          kind: 'group',
          what: `group ${group.name}`,
          customer: after,
          pointer: ['access', 'groups', index],
          group,
        };
    const isAsked = (after.data.exceptions?.length ?? 0) + (after.data.contracts?.length ?? 0) > 0;
    if (!before && !isAsked) yield { kind: 'customer', what: after.data.name, customer: after, pointer: ['name'] };
  }
}
