import { expect, it } from 'vitest';
import { didYouMean, nearest } from '../../engine/did-you-mean.ts';

it.each([
  ['sets', ['seats', 'sso', 'region'], 'seats'],
  ['Studio@2', ['studio@1', 'studio@2'], 'studio@2'],
  ['mian', ['main', 'dev'], 'main'],
  ['enterprize@1', ['enterprise@1', 'starter@1'], 'enterprise@1'],
  ['seats', ['sso', 'region'], undefined],
  ['sso', ['api', 'eu'], undefined],
  ['ab', ['cd'], undefined],
  ['', ['a'], 'a'],
  ['x'.repeat(300), ['seats'], undefined],
  ['seats', [], undefined],
])('nearest to %j of %j is %j', (word, candidates, meant) => {
  expect(nearest(word, candidates)).toBe(meant);
});

it('didYouMean ends a sentence, or says nothing', () => {
  expect(didYouMean('studio@3', ['studio@2'])).toBe('; did you mean studio@2?');
  expect(didYouMean('studio@3', ['enterprise@1'])).toBe('');
});
