import type { Lasting } from '../../schemas/exception.ts';
import type { Settings } from '../../schemas/setting.ts';
import { pathsTouch } from '../compile/terms-tree.ts';
import { valueText } from '../report/value-text.ts';
import { defineCheck, type Finding } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { effectsOf } from './facts/effects-of.ts';
import { type ExceptionLife, exceptionLives } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'exceptions-at-odds',
  summary: 'two exceptions of a customer change one term on one day, or one makes the other pointless',
  scope: 'standing',
  severity: 'error',
  options: {},
  example: {
    finds: {
      'customers/acme.yaml':
        'exceptions:\n  - { terms: { billing: { paymentTerms: net60 } } }\n  - { terms: { billing: { paymentTerms: net45 } } }',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions:\n  - { terms: { billing: { paymentTerms: net60 } } }\n  - { terms: { support: { channel: chat } } }',
    },
  },
  *find(change) {
    for (const customer of change.standing) {
      if ((customer.data.exceptions?.length ?? 0) < 2) continue;
      const lives = exceptionLives(change, customer).filter(
        ({ starts, lastDay }) => starts <= lastDay && lastDay >= change.at,
      );
      for (const [position, later] of lives.entries())
        for (const earlier of lives.slice(0, position))
          if (earlier.starts <= later.lastDay && later.starts <= earlier.lastDay)
            yield* between(change, earlier, later);
    }
  },
});

function* between(change: CheckedChange, one: ExceptionLife, other: ExceptionLife): Generator<Finding> {
  const [first, second] = one.starts <= other.starts ? [one, other] : [other, one];
  const from = second.starts > change.at ? second.starts : change.at;
  const related = { message: `${first.exception.id} is here`, at: placeIn(first.customer, 'exceptions', first.index) };
  const said = effectsOf(first.exception).filter(({ kind }) => kind === 'term');
  for (const { kind, subject } of effectsOf(second.exception)) {
    const twice = kind === 'term' ? said.find((effect) => pathsTouch(effect.subject, subject)) : undefined;
    if (!twice) continue;
    yield {
      at: placeIn(second.customer, 'exceptions', second.index, 'terms', ...subject.split('.')),
      message: `${second.exception.id} and ${first.exception.id} both promise ${subject} on ${from}; which one counts is left to their order`,
      help: 'let the first expire before the second starts, or merge them',
      related,
    };
  }
  const { settings } = change.head.model.world;
  for (const [bounding, bounded] of [
    [first, second],
    [second, first],
  ] as const) {
    const pointless = pointlessIn(bounded.exception, bounding.exception, settings);
    if (pointless)
      yield {
        at: placeIn(bounded.customer, 'exceptions', bounded.index, ...pointless.at),
        message: `${bounded.exception.id} sets ${pointless.limit}, and ${bounding.exception.id} switches ${pointless.feature} to ${valueText(pointless.value)}, so that there is nothing to limit`,
        help: 'end one of the two',
        related: {
          message: `${bounding.exception.id} is here`,
          at: placeIn(bounding.customer, 'exceptions', bounding.index),
        },
      };
  }
}

/** A limit that one exception sets on a feature which the other takes away. */
function pointlessIn(
  bounded: Lasting,
  bounding: Lasting,
  settings: Settings,
): { limit: string; feature: string; value: unknown; at: string[] } | undefined {
  if (bounded.decision !== 'configuration' || bounding.decision !== 'configuration') return undefined;
  for (const part of ['set', 'add'] as const)
    for (const limit of Object.keys(bounded[part] ?? {})) {
      const setting = settings[limit];
      if (setting?.kind !== 'limit') continue;
      const feature = setting.bounds?.find(
        (key) => Object.hasOwn(bounding.set ?? {}, key) && bounding.set?.[key] === false,
      );
      if (feature) return { limit, feature, value: false, at: [part, limit] };
    }
  return undefined;
}
