import type { Pointer } from '../document.ts';

/** A JSON pointer (RFC 6901) as text. */
export const pointerText = (pointer: Pointer): string =>
  pointer.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The steps of a JSON pointer that `pointerText` wrote; list positions come back as numbers. */
export const pointerSteps = (text: string): Pointer =>
  text
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
