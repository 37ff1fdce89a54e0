import { it } from 'vitest';
import { holdSequence } from '../../fixtures/register/hold-sequence.ts';
import { seed, timesFrom } from '../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const NO_LIMIT = 36_000_000;

const seeds = Array.from({ length: timesFrom('PROVISO_EDIT_SEQUENCES', 4) }, (_, index) => seed + index);

it.each(seeds)(
  'says of every commit what reading all of it says, over the edits of seed %i',
  (number) => holdSequence(number, temporaryFolder()),
  NO_LIMIT,
);
