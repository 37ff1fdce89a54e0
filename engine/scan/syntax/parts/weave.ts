import { decodeEntities } from './decode-entities.ts';
import type { Span } from './markup.ts';

/** Code out of a file of markup, each piece where it stands; all else is blank. */
export interface Weave {
  /** Takes over a piece of the file. */
  keep(span: Span): void;
  /** Takes over a piece of an attribute, where code is written in entities: `&amp;&amp;`. */
  decode(span: Span): void;
  /** Puts a character of code in the place of one of markup; lines stay as they are. */
  put(at: number, character: string): void;
  /** As long as the file, with its lines. */
  text(): string;
}

export function weave(file: string): Weave {
  const edits: { start: number; text: string }[] = [];
  return {
    keep: ({ start, end }) => void edits.push({ start, text: file.slice(start, end) }),
    decode: ({ start, end }) => void edits.push({ start, text: decodeEntities(file.slice(start, end)) }),
    put(at, character) {
      if (at >= 0 && at < file.length && file[at] !== '\n' && file[at] !== '\r')
        edits.push({ start: at, text: character });
    },
    text() {
      let woven = '';
      const blank = (from: number, to: number): void => void (woven += file.slice(from, to).replace(/[^\n\r]/g, ' '));
      for (const { start, text } of edits.sort((a, b) => a.start - b.start)) {
        if (start < woven.length) continue;
        blank(woven.length, start);
        woven += text;
      }
      blank(woven.length, file.length);
      return woven;
    },
  };
}
