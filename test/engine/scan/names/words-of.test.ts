import { expect, it } from 'vitest';
import { formsOf, germanWordsOf, partsOf, wordsOf } from '../../../../engine/scan/names/words-of.ts';

it.each([
  ['North-Star', 'northstar'],
  ['north_star', 'northstar'],
  ['NorthStar', 'northstar'],
  ['  NORTH.star! ', 'northstar'],
  ['Müller AG', 'mullerag'],
  ['Mu\u0308ller', 'muller'],
  ['Straße', 'strasse'],
  ['Søren Łódź', 'sorenlodz'],
  ['CT-2025-0117', 'ct20250117'],
  ['Яндекс', 'яндекс'],
  ['株式会社 A', '株式会社a'],
  ['ﬁnch', 'finch'],
  ['!?', ''],
])('%j is the words %j', (text, words) => {
  expect(wordsOf(text)).toBe(words);
});

it.each([
  ['Müller', 'mueller'],
  ['ÅNGSTRÖM', 'aangstroem'],
  ['Straße', 'strasse'],
  ['hooli', 'hooli'],
  ['Café', 'cafe'],
])('%j is %j where there are no such letters', (text, words) => {
  expect(germanWordsOf(text)).toBe(words);
});

it.each([
  ['NSLRouter_v2', ['NSL', 'Router', 'v2']],
  ['isAcmeEnabled', ['is', 'Acme', 'Enabled']],
  ['ACME_SEATS', ['ACME', 'SEATS']],
  ['acme2Sso', ['acme2', 'Sso']],
  ['McDonald', ['Mc', 'Donald']],
  ['myÉcole', ['my', 'École']],
  ['Mu\u0308llerAg', ['Mu\u0308ller', 'Ag']],
  ['', []],
])('%j has the parts %j', (text, parts) => {
  expect(partsOf(text)).toEqual(parts);
});

it('a text is written as it is, with accents apart, without, and as Germans do', () => {
  expect(formsOf('Müller')).toEqual(['Müller', 'Mu\u0308ller', 'Muller', 'Mueller']);
  expect(formsOf('Ösøre')).toEqual(['Ösøre', 'O\u0308søre', 'Osore', 'Oesoere']);
  expect(formsOf('Acme')).toEqual(['Acme']);
});
