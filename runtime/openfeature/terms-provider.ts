import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import type { Settings } from '../../schemas/setting.ts';
import type { CustomerView } from '../client/customer-view.ts';
import type { LazyReader, LazyTerms, Reader, Terms } from '../client/terms.ts';
import { SnapshotError } from '../snapshot/object.ts';
import { type Evaluated, evaluate, type Refused } from './evaluate.ts';
import { findView } from './find-view.ts';
import { type EventTeller, tellEvents } from './tell-events.ts';

export interface TermsProviderOptions {
  /** Closes the terms when OpenFeature lets go of the provider. Default: false, who opened them closes them. */
  closesTerms?: boolean;
}

/** A provider for OpenFeature's server SDK whose flags are the settings of customers. */
export interface TermsProvider extends Provider {
  /**
   * Runs work, also asynchronous work, in which every flag is answered from the release that is in force now, whatever comes
   * into force meanwhile: around what one request does. Within such work it changes nothing.
   */
  inOneRelease<T>(work: () => T): T;
}

/** What a kind of flag is asked for with, for people. */
const getters = {
  boolean: 'getBooleanValue',
  number: 'getNumberValue',
  string: 'getStringValue',
  object: 'getObjectValue',
} as const;

/**
 * The settings of customers as flags of OpenFeature, answered in this process. `targetingKey` is a customer or an account; of an
 * account without a file, `plan` and `quantities` of the context say what it has. A feature is a boolean flag, a limit a number
 * (unlimited is `Infinity`), a choice or a text a string, a list an object `{ items }`.
 */
export function termsProvider<S extends Settings = Settings>(
  opened: Terms<S> | LazyTerms<S>,
  { closesTerms = false }: TermsProviderOptions = {},
): TermsProvider {
  // Flags are asked for by any name: which settings the product knows is not looked at here.
  const terms = opened as unknown as Terms | LazyTerms;
  const events = new OpenFeatureEventEmitter();
  const inForce = new AsyncLocalStorage<Reader | LazyReader>();
  let teller: EventTeller | undefined;

  function answer<T>(
    kind: Evaluated['kind'],
    key: string,
    otherwise: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    try {
      teller?.asked(context);
      const view = findView(inForce.getStore() ?? terms, context);
      if (view instanceof Promise)
        return view.then((found) => detailsOf(found, kind, key, otherwise)).catch((error) => failed(error, otherwise));
      return Promise.resolve(detailsOf(view, kind, key, otherwise));
    } catch (error) {
      return Promise.resolve(failed(error, otherwise));
    }
  }

  function failed<T>(error: unknown, otherwise: T): ResolutionDetails<T> {
    // What is damaged is one customer's; others are answered.
    if (!(error instanceof SnapshotError)) teller?.failed(error);
    return refused(ErrorCode.GENERAL, error instanceof Error ? error.message : String(error), otherwise);
  }

  return {
    metadata: { name: 'proviso' },
    runsOn: 'server',
    events,
    resolveBooleanEvaluation: (key, otherwise, context) => answer('boolean', key, otherwise, context),
    resolveNumberEvaluation: (key, otherwise, context) => answer('number', key, otherwise, context),
    resolveStringEvaluation: (key, otherwise, context) => answer('string', key, otherwise, context),
    resolveObjectEvaluation: <T extends JsonValue>(key: string, otherwise: T, context: EvaluationContext) =>
      answer('object', key, otherwise, context),
    inOneRelease: (work) => (inForce.getStore() ? work() : inForce.run(terms.snapshot(), work)),
    initialize: async () => {
      teller ??= tellEvents(terms, events);
    },
    onClose: async () => {
      teller?.stop();
      teller = undefined;
      // The SDK listens anew to a provider it takes back.
      events.removeAllHandlers();
      if (closesTerms) await terms.close();
    },
  };
}

function detailsOf<T>(
  view: CustomerView | Refused,
  kind: Evaluated['kind'],
  key: string,
  otherwise: T,
): ResolutionDetails<T> {
  const found = 'error' in view ? view : evaluate(view, key);
  if ('error' in found) return refused(ErrorCode[found.error], found.message, otherwise);
  if (found.kind !== kind)
    return refused(ErrorCode.TYPE_MISMATCH, `${key} is asked for with ${getters[found.kind]}`, otherwise);
  return {
    value: found.value as T,
    reason: found.metadata.stale ? 'STALE' : found.reason,
    variant: found.variant,
    flagMetadata: found.metadata,
  };
}

const refused = <T>(errorCode: ErrorCode, errorMessage: string, value: T): ResolutionDetails<T> => ({
  value,
  reason: 'ERROR',
  errorCode,
  errorMessage,
});
