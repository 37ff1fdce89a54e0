import type { Pointer } from '../document.ts';

/** A JSON pointer (RFC 6901) as text. */
export function pointerText(pointer: Pointer): string {
  let text = '';
  for (const step of pointer) text += `/${typeof step === 'string' ? escaped(step) : step}`;
  return text;
}

const escaped = (step: string): string => (/[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step);

/** The steps of a JSON pointer that `pointerText` wrote; list positions come back as numbers. */
export const pointerSteps = (text: string): Pointer =>
  text
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
