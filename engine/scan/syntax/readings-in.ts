import type { Hit } from './hit.ts';
import type { Language } from './language.ts';
import { namesToken, type Wanted } from './leaves-of.ts';
import { spotsIn } from './spots-in.ts';
import { ESCAPED, unescapePattern } from './unescape-pattern.ts';

/** The literals and names a language reads without a grammar. */
export function* readingsIn(text: string, language: Language, { tokens, unlisted }: Wanted): Generator<Hit> {
  const names = tokens && namesToken(tokens);
  const spotAt = spotsIn(text);
  for (const { start, end, said, what, ...reading } of language.read?.(text) ?? []) {
    if (names && !names(said) && !(unlisted && what !== 'name' && /[0-9@]/.test(said))) continue;
    yield {
      literal: text.slice(start, end),
      said,
      content: ESCAPED.test(said) ? unescapePattern(said) : said,
      what,
      start: spotAt(start),
      end: spotAt(end),
      situations: reading.situations,
      scopes: reading.scopes,
      isSilent: reading.isSilent,
      isInTest: () => false,
      statement: () => {
        const span = reading.statement();
        return {
          statement: text.slice(span.start, span.end),
          lines: { first: spotAt(span.start).line + 1, last: spotAt(span.end).line + 1 },
        };
      },
    };
  }
}
