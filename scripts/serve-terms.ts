import { resolve } from 'node:path';
import { plain } from '../engine/report/plain.ts';
import { UsageError } from '../engine/usage-error.ts';
import { openTerms } from '../runtime/client/open-terms.ts';
import type { LazyTerms, Terms } from '../runtime/client/terms.ts';
import { TermsError } from '../runtime/client/terms-error.ts';
import { keepOpening } from '../runtime/server/keep-opening.ts';
import type { LogEntry } from '../runtime/server/log.ts';
import { logLines } from '../runtime/server/log-lines.ts';
import { openServer } from '../runtime/server/open-server.ts';
import { ServerError } from '../runtime/server/server-error.ts';
import { isName } from '../runtime/snapshot/client-report.ts';
import { openStore } from '../runtime/stores/registry.ts';
import type { Context, ExitCode } from './command.ts';
import { readerTrust } from './open-signing.ts';
import { refuseUnpublished } from './refuse-unpublished.ts';
import { version } from './version.ts';

export interface ServeOptions {
  port: number;
  host?: string;
  /** Files and folders as they were typed: from the working folder. */
  tokens?: string;
  /** Of pages that may ask from a browser. */
  origins: readonly string[];
  cache?: string;
  bundle?: string;
  isLazy: boolean;
  keep?: number;
  reader?: string;
  /** The name under which it reports which release it serves; absent where it does not. */
  report?: string;
  /** Milliseconds. */
  poll?: number;
  atLeast?: number;
  failsWhenOld: boolean;
  /** Milliseconds. */
  drain?: number;
}

/** Serves the terms of the context's environment until it is told to stop. @throws UsageError, StoreError */
export async function serveTerms(context: Context, options: ServeOptions): Promise<ExitCode> {
  const { port, host, tokens, origins, failsWhenOld, drain, report } = options;
  const secret = context.variables.PROVISO_STREAM_SECRET;
  const say = (text: string): void => context.writeError(`proviso: ${plain(text)}\n`);
  if (report !== undefined && !isName(report)) throw new UsageError('--report takes a name of 1 to 100 characters');
  // No waiting helps against these, and the first release may be long in coming.
  await refuseUnpublished(context);
  const trust = await readerTrust(context);
  if (trust.keys === undefined && !trust.unsigned)
    throw new UsageError(
      `releases of ${context.environment} are signed, and there are no keys to check them with`,
      'serve from the repository of terms, or from a folder with its `keys` (-C)',
    );
  const lines = logLines((text) => context.writeError(text));
  // Whoever wants it quiet still wants to know of what goes wrong.
  const log = (entry: LogEntry): void => {
    if (!context.quiet || entry.event !== 'request') lines(entry);
  };
  const stopped = new AbortController();
  const opening = openStanding(context, { ...options, trust }, stopped.signal, (error) =>
    log({ event: 'trouble', time: Date.now(), message: error.message }),
  );
  opening.terms.catch(() => {});
  const server = await openServer({
    terms: opening.terms,
    port,
    log,
    origins,
    ...(secret && { secret: Buffer.from(secret) }),
    version: version(),
    whenOld: failsWhenOld ? 'notReady' : 'ready',
    ...(host !== undefined && { host }),
    ...(tokens !== undefined && { tokens: resolve(context.folder, tokens) }),
    ...(drain !== undefined && { drain }),
  }).catch(async (error) => {
    stopped.abort();
    await opening.close();
    throw error instanceof ServerError ? new UsageError(error.message, error.help) : error;
  });
  const { environment, channel } = context;
  const of = channel === 'stable' ? environment : `${environment}/${channel}`;
  if (tokens === undefined) say('there are no tokens: whoever is on this machine may ask everything');
  const untilStopped = context.untilStopped();
  try {
    const terms = await Promise.race([opening.first, untilStopped]);
    say(`listening on ${server.url} with ${releaseText(terms ?? undefined)} of ${of}`);
    // What no waiting helps against ends it, also when it is found out late.
    const opened = await Promise.race([opening.terms, untilStopped]);
    if (opened && !terms) say(`${releaseText(opened)} is read`);
    await untilStopped;
    say('stopping');
  } catch (error) {
    throw error instanceof TermsError ? new UsageError(error.message, helps[error.code]) : error;
  } finally {
    stopped.abort();
    await server.close();
    await opening.close();
  }
  return 0;
}

const releaseText = (terms: Terms | LazyTerms | undefined): string => {
  if (!terms) return 'no release yet';
  const { release, freshness } = terms;
  return `release ${release.n}${freshness.source === 'store' ? '' : ` from the ${freshness.source}, as the store does not answer,`}`;
};

type Opened = ServeOptions & { trust: Awaited<ReturnType<typeof readerTrust>> };

interface Opening {
  terms: Promise<Terms | LazyTerms>;
  /** The terms, or undefined when the first attempt has failed and another will be made. */
  first: Promise<Terms | LazyTerms | undefined>;
  close(): Promise<void>;
}

/** Opens the terms, and where the store has nothing yet, again and again. */
function openStanding(
  context: Context,
  options: Opened,
  signal: AbortSignal,
  onTrouble: (error: Error) => void,
): Opening {
  let waits = (): void => {};
  const waiting = new Promise<undefined>((done) => {
    waits = () => done(undefined);
  });
  const terms = keepOpening(() => open(context, options, onTrouble), {
    signal,
    onTrouble: (error) => {
      onTrouble(error instanceof Error ? error : new Error(String(error)));
      waits();
    },
  });
  return {
    terms,
    first: Promise.race([terms, waiting]),
    close: () =>
      terms.then(
        (opened) => opened.close(),
        () => {},
      ),
  };
}

async function open(
  context: Context,
  { trust, isLazy, cache, bundle, keep, reader, report, poll, atLeast }: Opened,
  onTrouble: (error: Error) => void,
): Promise<Terms | LazyTerms> {
  const { environment, channel, root, folder } = context;
  const given = {
    store: await openStore(await context.storeUrl(), root),
    environment,
    channel,
    ...trust,
    ...(cache !== undefined && { cache: resolve(folder, cache) }),
    ...(bundle !== undefined && { bundle: await openStore(bundle, folder) }),
    ...(keep !== undefined && { keep }),
    ...(reader !== undefined && { reader }),
    ...(report !== undefined && { report: { name: report } }),
    ...(poll !== undefined && { poll }),
    ...(atLeast !== undefined && { atLeast }),
  };
  // What goes wrong from now on the server hears of itself; of what went wrong before, nobody else would.
  let isOpen = false;
  const options = { ...given, onTrouble: (error: Error) => void (isOpen || onTrouble(error)) };
  const terms = await (isLazy ? openTerms({ ...options, load: 'lazy' }) : openTerms(options));
  isOpen = true;
  return terms;
}

const helps: Partial<Record<TermsError['code'], string>> = {
  otherPlace: 'check which store belongs to this environment and channel',
  untrusted: 'check the keys folder, and who can write to the store',
  older: 'the store has gone back in time: publish again',
  needsNewerReader: 'upgrade proviso where it serves',
};
