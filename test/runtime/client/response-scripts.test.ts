import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type OpenOptions, openTerms } from '../../../runtime/index.ts';
import { drawScript, followScript, type Twin, type Verdict } from '../../fixtures/client/follow-script.ts';
import { forgeHeads } from '../../fixtures/client/forge-heads.ts';
import { openScript } from '../../fixtures/client/open-script.ts';
import { ScriptedStore, steadyStore } from '../../fixtures/client/scripted-store.ts';
import { DAY, START, signedLine } from '../../fixtures/client/signed-line.ts';
import { drawFrom, seed, timesFrom } from '../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

// One release of them is dated a day ahead of every clock.
const line = await signedLine(12, { issuedAt: (n) => START + (n === 4 ? DAY : 0) + n * 1_000 });
const { forged, objects } = await forgeHeads(line);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const follow = (script: number, twin?: Twin): Promise<Verdict> => {
  const draw = drawFrom(seed + script);
  return followScript(
    line,
    new ScriptedStore(line, forged, objects, draw),
    drawScript(draw, twin || script % 10 === 0 ? 12 : 4),
    draw,
    twin,
  );
};

test('whatever a store answers, a reader serves what was published, never goes back, and is up to date within two looks', async () => {
  const scripts = timesFrom('PROVISO_SCRIPTS', 10_000);
  for (let script = 0; script < scripts; script += 1)
    expect(await follow(script), `PROVISO_SEED=${seed + script} PROVISO_SCRIPTS=1`).toBe(undefined);
});

describe('what a product opens', () => {
  beforeEach(async () => {
    vi.useRealTimers();
    // What is loaded on the way is loaded by the machine, which does not wait for simulated time.
    await (await openTerms({ store: steadyStore(line), keys: line.pinned.envelope, cache: temporaryFolder() })).close();
    vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  });

  const open = (script: number, options: Partial<OpenOptions> = {}): Promise<Verdict> => {
    const draw = drawFrom(seed + script);
    vi.setSystemTime(START);
    const load = script % 2 === 0 ? 'whole' : 'lazy';
    const given = { cache: temporaryFolder(), load: load as 'whole', ...options };
    return openScript(line, new ScriptedStore(line, forged, objects, draw), drawScript(draw, 6), given);
  };

  test('does so too, with a cache on its disk', async () => {
    const scripts = Math.ceil(timesFrom('PROVISO_SCRIPTS', 10_000) / 1_000);
    for (let script = 0; script < scripts; script += 1)
      expect(await open(script), `PROVISO_SEED=${seed + script} PROVISO_SCRIPTS=1`).toBe(undefined);
  });

  test.each<[string, Partial<OpenOptions>, Verdict]>([
    ['does not follow', { follow: false }, 'behindAfterHealth'],
    ['looks at most once a day', { poll: DAY }, 'behindAfterHealth'],
  ])('is found out where it %s', async (_, options, verdict) => {
    const found = new Set<Verdict>();
    for (let script = 0; script < 50 && !found.has(verdict); script += 1) found.add(await open(script, options));
    expect([...found]).toContain(verdict);
  });
});

describe('a reader is found out that', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each<[Twin, Verdict]>([
    ['noDeadline', 'stuck'],
    ['trusting', 'notPublished'],
    ['terminal', 'behindAfterHealth'],
    ['remembersUnverified', 'behindAfterHealth'],
    ['forgets', 'older'],
  ])('is built with the fault %s', async (twin, verdict) => {
    if (twin === 'noDeadline') {
      const wait = globalThis.setTimeout;
      const withoutDeadlines = (run: () => void, ms = 0) => wait(ms === 10_000 || ms === 800 ? () => {} : run, ms);
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(withoutDeadlines as typeof setTimeout);
    }
    const found = new Set<Verdict>();
    for (let script = 0; script < 1_000 && !found.has(verdict); script += 1) found.add(await follow(script, twin));
    expect([...found]).toContain(verdict);
  });
});
