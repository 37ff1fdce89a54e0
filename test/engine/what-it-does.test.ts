import { expect, it } from 'vitest';
import { whatItDoes } from '../../engine/what-it-does.ts';
import type { Exception } from '../../schemas/exception.ts';

const refusal = (refuses?: object): Exception => ({ decision: 'no', refuses }) as Exception;

it.each([
  [{ settings: ['sso'], actions: ['exportReports'] }, 'is refused: sso, exportReports'],
  [{ actions: ['exportReports'] }, 'is refused: exportReports'],
  [{}, 'is refused'],
  [undefined, 'is refused'],
])('a refusal of %j is told with what it blocks', (refuses, said) => {
  expect(whatItDoes(refusal(refuses))).toBe(said);
});
