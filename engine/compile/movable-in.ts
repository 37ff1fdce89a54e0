import type { Movable } from '../../runtime/terms/becoming.ts';
import type { World } from '../model.ts';

/** The plans of a world, with what they become. */
export const movableIn = ({ plans }: Pick<World, 'plans'>): Movable =>
  new Map([...plans].map(([ref, { data }]) => [ref, data.becomes ? { becomes: data.becomes } : {}]));
