import { type EvaluationContext, type OpenFeatureEventEmitter, ProviderEvents } from '@openfeature/server-sdk';
import type { LazyTerms, ReleaseName, Stop, Terms } from '../client/terms.ts';
import { dayOf } from '../terms/days.ts';
import { watchPlans } from './watch-plans.ts';

/** How often it is looked at how far answers can be relied on; in milliseconds. */
const LOOK = 1_000;
/** Changes that are told so soon after one another are one event; in milliseconds. */
const TOGETHER = 50;
/** So long after the last answer that failed, the provider is no longer in error; in milliseconds. */
const RECOVERED = 30_000;

type Status = ProviderEvents.Ready | ProviderEvents.Stale | ProviderEvents.Error;

/** Tells OpenFeature what becomes of the terms, until it is stopped. */
export interface EventTeller {
  /** Somebody was asked for. */
  asked(context: EvaluationContext): void;
  /** An answer could not be given, because what is needed for it cannot be read. */
  failed(error: unknown): void;
  stop: Stop;
}

/**
 * `PROVIDER_CONFIGURATION_CHANGED` for a release, a day that begins and data that becomes too old, `PROVIDER_STALE` while answers
 * are right as of some time ago, `PROVIDER_ERROR` while some cannot be given, and `PROVIDER_READY` afterwards.
 */
export function tellEvents(terms: Terms | LazyTerms, events: OpenFeatureEventEmitter): EventTeller {
  const plans = isWhole(terms) ? watchPlans(terms) : undefined;
  let status: Status = ProviderEvents.Ready;
  let failure: { at: number; message: string } | undefined;
  let day = dayOf(Date.now());
  let { root } = terms.release;
  let keys = Object.keys(terms.settings);
  const changed = new Set<string>();
  let flush: NodeJS.Timeout | undefined;

  function note(flags: Iterable<string>): void {
    for (const key of flags) changed.add(key);
    flush = flush?.refresh() ?? setTimeout(tellChanged, TOGETHER).unref();
  }

  function tellChanged(): void {
    flush = undefined;
    const flagsChanged = [...changed].sort();
    changed.clear();
    events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged, metadata: { release: terms.release.n } });
  }

  /** Of those who are not in memory, or have no file, no change is told: a release may be one for them. */
  function noteRelease(release: ReleaseName): void {
    const before = { root, keys };
    root = release.root;
    keys = Object.keys(terms.settings);
    if (root !== before.root) note(plans ? plans.changed() : [...before.keys, ...keys]);
  }

  function noteDay(): void {
    const others = plans ? plans.changed() : new Set(keys);
    if (others.size > 0) note(others);
  }

  function isFailing(): boolean {
    if (!failure) return false;
    const { lastAnswer } = terms.freshness;
    const since = Date.now() - failure.at;
    if ((lastAnswer !== undefined && lastAnswer < since) || since > RECOVERED) failure = undefined;
    return failure !== undefined;
  }

  function look(): void {
    const { state } = terms.freshness;
    const fresh = state === 'fresh' ? ProviderEvents.Ready : ProviderEvents.Stale;
    const now = isFailing() ? ProviderEvents.Error : fresh;
    if (now !== status) {
      status = now;
      events.emit(now, { message: messageOf(now, state, failure?.message) });
    }
    const today = dayOf(Date.now());
    if (today !== day) noteDay();
    day = today;
  }

  const stops = [
    terms.onChange(({ settings }) => {
      if (settings.length > 0) note(settings);
    }),
    terms.onRelease(noteRelease),
  ];
  // The first look is after the SDK has called the provider ready.
  let timer = setTimeout(function again() {
    look();
    timer = setTimeout(again, LOOK).unref();
  }, 0).unref();

  return {
    asked({ plan }) {
      if (typeof plan === 'string') plans?.saw(plan);
    },
    failed(error) {
      failure = { at: Date.now(), message: error instanceof Error ? error.message : String(error) };
      if (status !== ProviderEvents.Error) look();
    },
    stop() {
      for (const stop of stops) stop();
      clearTimeout(timer);
      clearTimeout(flush);
    },
  };
}

const messageOf = (status: Status, state: string, failure = ''): string => {
  if (status === ProviderEvents.Error) return failure;
  if (status === ProviderEvents.Ready) return 'answers are as published';
  return state === 'stale' ? 'nobody has confirmed the release for too long' : 'the store does not answer';
};

/** Whether answers come at once. What a reader answers to a name nobody has is not looked at. */
function isWhole(terms: Terms | LazyTerms): terms is Terms {
  const answer = terms.customer('');
  if (!(answer instanceof Promise)) return true;
  answer.catch(() => {});
  return false;
}
