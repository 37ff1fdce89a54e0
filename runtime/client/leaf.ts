import type { Timeline } from '../terms/timeline.ts';
import { boundedCache } from './bounded-cache.ts';

/** A timeline as it is published: as text it is a quarter of what it weighs as an object. */
export interface LeafText {
  readonly text: string;
  readonly hash: string;
}

/** A customer as a release has it. */
export type Leaf = LeafText | Timeline;

/** Characters whose timelines are kept: whoever looks at a customer asks more than one thing of it. */
const KEPT = 256 * 1024;

const parsed = boundedCache<Timeline>(KEPT);

/** Everything that will happen to a customer; parsed again where that was long ago. It is shared by all who ask. */
export function timelineOf(leaf: Leaf): Timeline {
  if (!('text' in leaf)) return leaf;
  const { text, hash } = leaf;
  const known = parsed.get(hash);
  if (known) return known;
  const timeline = JSON.parse(text) as Timeline;
  parsed.set(hash, timeline, text.length);
  return timeline;
}
