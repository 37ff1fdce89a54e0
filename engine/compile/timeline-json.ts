import { fold } from '../../runtime/terms/fold.ts';
import type { Access, Day, Stage, Terms, Timeline, Value } from '../../runtime/terms/timeline.ts';
import type { Settings } from '../../schemas/setting.ts';

/** What `compile` prints of a segment: everything in force, without where it comes from. */
export interface SegmentJson {
  from: Day | null;
  plan: string;
  stage: Stage;
  settings: Readonly<Record<string, Value>>;
  terms: Terms;
  access: Access;
}

export interface TimelineJson {
  customer: string;
  name: string;
  segments: SegmentJson[];
}

/** A timeline as people and other programs read it: effective values, equal neighbours as one. */
export function timelineJson(timeline: Timeline, name: string, settings: Settings): TimelineJson {
  const segments: SegmentJson[] = [];
  let last: string | undefined;
  for (const { from, plan, stage, layers, terms, access } of timeline.segments) {
    const shown = { plan, stage, settings: fold(settings, layers), terms, access };
    const text = JSON.stringify(shown);
    if (text !== last) segments.push({ from, ...shown });
    last = text;
  }
  return { customer: timeline.customer, name, segments };
}
