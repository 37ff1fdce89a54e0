import { styleText } from 'node:util';
import { noPaint, type Paint } from '../engine/report/paint.ts';

const paintedBy = (style: keyof Paint) => (text: string) => styleText(style, text, { validateStream: false });

const painted: Paint = {
  bold: paintedBy('bold'),
  dim: paintedBy('dim'),
  red: paintedBy('red'),
  yellow: paintedBy('yellow'),
  green: paintedBy('green'),
  cyan: paintedBy('cyan'),
};

/** The colours of a terminal, or none; the context has already looked at the terminal. */
export const paintFor = ({ color }: { color: boolean }): Paint => (color ? painted : noPaint);
