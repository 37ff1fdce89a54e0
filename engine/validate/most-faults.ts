/** Problems told of one file: more than a screenful helps nobody, and a hostile file could hold a hundred thousand. */
export const MOST_FAULTS = 20;
