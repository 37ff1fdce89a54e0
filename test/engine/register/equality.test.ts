import { it } from 'vitest';
import { holdSequence } from '../../fixtures/register/hold-sequence.ts';
import { seed, timesFrom } from '../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const NO_LIMIT = 36_000_000;

/** Once said otherwise, each in the lines that are shown around a place. */
const found = [77_007, 77_037, 5_103, 5_286];

const drawn = Array.from({ length: timesFrom('PROVISO_EDIT_SEQUENCES', 4) }, (_, index) => seed + index);

it.each([...found, ...drawn])(
  'says of every commit what reading all of it says, over the edits of seed %i',
  (number) => holdSequence(number, temporaryFolder()),
  NO_LIMIT,
);
