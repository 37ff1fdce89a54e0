import { type Diagnostic, topOf } from '../engine/diagnostic.ts';
import { plain } from '../engine/report/plain.ts';
import { plural } from '../engine/report/plural.ts';
import { type ProbeResult, probeStore } from '../runtime/stores/probe/probe-store.ts';
import { openStore, withoutSecrets } from '../runtime/stores/registry.ts';
import type { StoreSetup } from '../runtime/stores/store.ts';
import type { Context, ExitCode } from './command.ts';
import { withStore } from './release-tools.ts';
import { report } from './report.ts';

const nothingMade: StoreSetup = { made: [], findings: [] };

/** Makes what a store needs and tries it out; one whose settings or answers lose releases is refused. */
export async function prepareStore(context: Context): Promise<ExitCode> {
  const url = await context.storeUrl();
  const store = withoutSecrets(url);
  context.progress(`making ${plain(store)} ready …`);
  const setup = await withStore(context, async (opened) => (await opened.init?.()) ?? nothingMade);
  const isSound = setup.findings.every(({ severity }) => severity !== 'error');
  const probe = isSound
    ? await probeStore(
        () => openStore(url, context.root),
        (done, of, proves) => context.progress(`trying it out, ${done + 1} of ${of}: ${proves} …`),
      )
    : undefined;
  const diagnostics = [...settingsIn(setup), ...(probe ? failuresIn(probe) : [])];
  const isReady = probe?.findings.every(({ failure }) => failure === undefined) === true;
  return report(context, {
    diagnostics,
    json: () => ({
      store,
      ready: isReady,
      ...setup,
      checks: probe?.findings.map(({ failure, ...check }) => ({ ...check, passed: failure === undefined })) ?? [],
      operations: probe?.operations ?? 0,
    }),
    text: () => textOf(store, setup, probe, isReady),
  });
}

const namedIn = topOf('policies/publish.yaml');

const settingsIn = ({ findings }: StoreSetup): Diagnostic[] =>
  findings.map((finding) => ({ rule: 'store-settings', at: namedIn, ...finding }));

const failuresIn = ({ findings }: ProbeResult): Diagnostic[] =>
  findings.flatMap(({ name, failure }) =>
    failure === undefined
      ? []
      : [
          {
            rule: name,
            severity: 'error' as const,
            message: failure,
            at: namedIn,
            help: 'publish to another store: this one, or what stands between it and you, does not keep what a release relies on',
          },
        ],
  );

function textOf(store: string, { made }: StoreSetup, probe: ProbeResult | undefined, isReady: boolean): string {
  const lines = made.map((each) => `Made ${plain(each)}.`);
  if (!probe) lines.push(`${plain(store)} is refused for how it is set up; it was not tried out.`);
  else {
    lines.push(
      isReady
        ? `${plain(store)} can be published to. Proven by ${plural(probe.operations, 'operation')} in an environment of their own, which is gone again:`
        : `${plain(store)} is refused: publish nothing to it. It was tried out with ${plural(probe.operations, 'operation')}:`,
    );
    for (const { proves, failure } of probe.findings)
      lines.push(`  ${failure === undefined ? 'ok    ' : 'FAILED'}  ${proves}`);
    lines.push(
      'Not tried: removing what is old, which would reach every release, and cutting the power or the network.',
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}
