import { it } from 'vitest';
import { holdSequence } from '../../fixtures/register/hold-sequence.ts';
import { seed, timesFrom } from '../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const NO_LIMIT = 36_000_000;

/** Once said otherwise: one without lines of a file that the other side of a comparison had read, one of an error of the base. */
const found = [77_007, 77_037];

const drawn = Array.from({ length: timesFrom('PROVISO_EDIT_SEQUENCES', 4) }, (_, index) => seed + index);

it.each([...found, ...drawn])(
  'says of every commit what reading all of it says, over the edits of seed %i',
  (number) => holdSequence(number, temporaryFolder()),
  NO_LIMIT,
);
