import { describe, expect, it } from 'vitest';
import { pathIn, placedIn } from '../../../../engine/scan/living/placed-in.ts';

describe('what is wrong with the terms', () => {
  it('is named from the repository that is scanned', () => {
    const at = { path: 'customers/acme.yaml', start: { line: 1, column: 1 } };
    const wrong = { rule: 'x', severity: 'error', message: 'x', at, related: [{ message: 'y', at }] } as const;
    const moved = { ...at, path: '../terms/customers/acme.yaml' };
    expect(placedIn('../terms', [wrong])).toEqual([{ ...wrong, at: moved, related: [{ message: 'y', at: moved }] }]);
    expect(placedIn('', [wrong])).toEqual([wrong]);
  });

  it.each([
    ['src', '../who.json', 'who.json'],
    ['src/in', '../../tools/who.json', 'tools/who.json'],
    ['src', '../../who.json', '../who.json'],
    ['..', '../who.json', '../../who.json'],
    ['src', '/etc/who.json', '/etc/who.json'],
    ['src', 'who.json', 'src/who.json'],
  ])('leads from %s to %s as %s', (folder, path, whole) => expect(pathIn(folder, path)).toBe(whole));
});
