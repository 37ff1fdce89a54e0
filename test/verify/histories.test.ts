import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { firstParents } from '../../engine/io/first-parents.ts';
import { openTrees } from '../../scripts/open-trees.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { effectOf } from '../fixtures/verify/company.ts';
import { importHistory, type PlannedCommit } from '../fixtures/verify/import-history.ts';
import { memoryGit } from '../fixtures/verify/memory-trees.ts';
import { type RandomHistory, randomHistory } from '../fixtures/verify/random-history.ts';
import { type Repository, verifyHistory } from '../fixtures/verify/verify-history.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const HISTORIES = timesFrom('PROVISO_HISTORIES', 60);
/** Without git they cost so little that more can be had. */
const MORE = 3;
const NO_LIMIT = 3_600_000;

/** That nothing unapproved is published and nothing approved refused, of each history in its repository. */
async function hold(histories: readonly RandomHistory[], repositoryOf: (one: RandomHistory) => Repository) {
  const tally = { passed: 0, refused: 0, repaired: 0 };
  for (const [index, one] of histories.entries()) {
    const { history, kinds, mustPass } = one;
    const result = await verifyHistory(history, repositoryOf(one));
    const about = `history ${index} of seed ${seed}: ${kinds.join(', ')}`;
    const isPublished = result.outcome === 'verified';
    if (isPublished)
      expect(effectOf(history.stateOf(history.main)), `${about}: published`).toBe(effectOf(history.approved()));
    if (mustPass) expect(isPublished ? '' : result.message, about).toBe('');
    tally[isPublished ? 'passed' : 'refused'] += 1;
    if (isPublished && kinds.some((kind) => kind.startsWith('!'))) tally.repaired += 1;
  }
  // Every answer must have been asked for, or none was tested.
  if (histories.length >= 60) expect(Math.min(...Object.values(tally))).toBeGreaterThan(0);
}

it(
  `publishes nothing unapproved and refuses nothing approved, over ${HISTORIES} histories in git from seed ${seed}`,
  async () => {
    const root = temporaryFolder();
    execFileSync('git', ['init', '--quiet', '--bare', root]);
    const draw = drawFrom(seed);
    const planned: PlannedCommit[] = [];
    const histories = Array.from({ length: HISTORIES }, () => randomHistory(draw, planned));
    const ids = importHistory(root, planned);
    const trees = openTrees({ root, repo: 'acme/terms' });
    await hold(histories, () => ({ ids, trees, commits: (from, to) => firstParents(root, from, to) }));
  },
  NO_LIMIT,
);

it(
  `does so over ${HISTORIES * MORE} more without git`,
  async () => {
    const draw = drawFrom(seed + 1);
    const histories = Array.from({ length: HISTORIES * MORE }, () => randomHistory(draw, []));
    await hold(histories, ({ history }) => memoryGit(history.planned));
  },
  NO_LIMIT,
);
