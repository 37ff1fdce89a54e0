/** What takes no room or shows nothing: the reader refuses controls and bidirectional marks itself. */
const HIDDEN =
  /\u00ad|\u034f|[\u115f\u1160]|[\u17b4\u17b5]|[\u180b-\u180f]|\u200b|[\u2060-\u2064]|\u3164|\uffa0|[\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;
/** Joiners have a use in scripts and emoji, and none between Latin letters. */
const JOINER = /[\p{Script=Latin}\p{N}][\u200c\u200d]|[\u200c\u200d][\p{Script=Latin}\p{N}]/u;

/** The first hidden character of a text, as `U+200B`. */
export function hiddenIn(text: string): string | undefined {
  const found = HIDDEN.exec(text)?.[0] ?? JOINER.exec(text)?.[0].match(/[\u200c\u200d]/)?.[0];
  return found === undefined
    ? undefined
    : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Letters of Cyrillic and Greek that look like Latin ones. */
const alike: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  з: '3',
  і: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ԁ: 'd',
  һ: 'h',
  ԛ: 'q',
  ԝ: 'w',
  ӏ: 'l',
  α: 'a',
  β: 'b',
  ε: 'e',
  ζ: 'z',
  η: 'n',
  ι: 'i',
  κ: 'k',
  μ: 'u',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  ϲ: 'c',
  ϳ: 'j',
};

/** A word that mixes Latin letters with look-alikes of another script, with those named. */
export function mixedIn(text: string): string | undefined {
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    if (!/\p{Script=Latin}/u.test(word)) continue;
    const odd = [...word].filter((letter) => Object.hasOwn(alike, letter.toLowerCase()));
    if (odd.length > 0)
      return odd
        .map((letter) => `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`)
        .join(', ');
  }
  return undefined;
}

/** Equal for names that a reader cannot tell apart. Letters with accents are other letters. */
export const skeletonOf = (name: string): string =>
  [...name.normalize('NFKC').toLowerCase()]
    .map((letter) => alike[letter] ?? letter)
    .join('')
    .replace(/[\s\u200b-\u200d\u00ad]+/gu, ' ')
    .replace(/[0]/g, 'o')
    .replace(/[1|]/g, 'l')
    .replace(/rn/g, 'm')
    .trim();
