import type { Day, Layer } from '../../runtime/terms/timeline.ts';

/** A layer, and which entry of the file gave it since when: what decides whether a held value is let go. */
export interface Source {
  layer: Layer;
  giver: string;
  since: Day;
}

/** The giver of a value that nobody named: a day-one default. */
export const nobody = 'nobody';
