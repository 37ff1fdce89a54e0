import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeThrowAwayKeys } from '../engine/io/throw-away-keys.ts';
import { rehearse } from '../engine/publish/rehearse.ts';
import type { Drill } from '../engine/report/drill-text.ts';
import { dayOf } from '../runtime/terms/days.ts';
import type { Context } from './command.ts';
import { drillSteps } from './drill-steps.ts';
import { openRepository } from './open-repository.ts';
import { targetOf, withStore } from './release-tools.ts';

const KEYS_LAST = 24 * 60 * 60 * 1000;

/** Rehearses releases of this repository in an environment of its own in the store, which is gone afterwards. */
export async function runDrill(context: Context, ref: string): Promise<Drill> {
  const random = randomBytes(4).toString('hex');
  const environment = `scratch-${dayOf(context.now())}-${random}`;
  const repository = await openRepository(context, { ref });
  const target = { ...(await targetOf(context)), env: environment, channel: 'stable' };
  const signing = await makeThrowAwayKeys(target.repo, new Date(context.now() + KEYS_LAST));
  const folder = mkdtempSync(join(tmpdir(), 'proviso-drill-'));
  const started = performance.now();
  const clock = (): number => Math.round(performance.now() - started);
  try {
    return await withStore(context, async (store) => {
      try {
        const steps = drillSteps({
          context,
          store,
          repository,
          target,
          signing,
          customer: `drill-${random}`,
          backup: join(folder, 'drill.backup'),
          restored: pathToFileURL(join(folder, 'restored')).href,
        });
        return { environment, steps: await rehearse(steps, clock, context.progress), ms: clock() };
      } finally {
        context.progress('');
        await store.dropScratch(environment);
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
