import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../engine/checks/run-checks.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { changeSetOf } from '../../../engine/review/change-set.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import { settings } from '../../../schemas/settings.ts';
import { sourceFile } from '../../fixtures/small-repository.ts';

const root = new URL('../../../', import.meta.url);

const files = ['customers', 'plans', 'policies'].flatMap((room) =>
  readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => sourceFile(path, readFileSync(new URL(path, root), 'utf8'))),
);

const sideOf = async (name: string, some: typeof files) => ({
  name,
  model: (await loadModel(some, normaliseSettings(settings))).model,
});

describe('the sample company on 2026-11-20', () => {
  const [repo, at] = ['acme/terms', '2026-11-20'];

  it('has no error in the state of any customer, and something for the weekly agenda', async () => {
    const side = await sideOf('main', files);
    const found = runChecks(changeSetOf(side, side, { repo, at, files: [] }), { all: true });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(new Set(found.map(({ rule }) => rule))).toEqual(
      new Set(['agreement-ends', 'ended-still-felt', 'expires-soon']),
    );
  });

  it('could have been written in one change: no record of it would be refused', async () => {
    const [empty, whole] = [
      await sideOf(
        'empty',
        files.filter(({ path }) => !path.startsWith('customers/')),
      ),
      await sideOf('main', files),
    ];
    const found = runChecks(changeSetOf(empty, whole, { repo, at, files: [] }), { all: true });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
