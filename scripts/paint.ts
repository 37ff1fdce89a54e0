import picocolors from 'picocolors';
import type { Paint } from '../engine/report/paint.ts';

/** The colours of a terminal, or none. */
export const paintFor = ({ color }: { color: boolean }): Paint => picocolors.createColors(color);
