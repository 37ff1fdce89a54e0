import { expect, it } from 'vitest';
import { languages } from '../../../../engine/scan/languages/registry.ts';
import type { Scanner } from '../../../../engine/scan/open-scanner.ts';
import { outliveFaults } from '../../../../engine/scan/syntax/outlive-faults.ts';
import { UsageError } from '../../../../engine/usage-error.ts';

const [language] = languages;
if (!language) throw new Error('no language');
const source = { path: 'src/a.ts', bytes: Buffer.from(''), language };
const scannerThat = (fails: () => never): Scanner => ({ scan: fails, scanUses: fails });

it('goes on after a file it could not work through, and says which', () => {
  const faults: string[] = [];
  const scanner = outliveFaults(
    scannerThat(() => {
      throw new TypeError('no such node');
    }),
    (path) => faults.push(path),
  );
  expect(scanner.scan(source)).toMatchObject({ findings: [], parsed: false });
  expect(scanner.scanUses(source, [])).toEqual(new Map());
  expect(faults).toEqual(['src/a.ts', 'src/a.ts']);
});

it('passes on what its user has to do', () => {
  const scanner = outliveFaults(
    scannerThat(() => {
      throw new UsageError('no parser');
    }),
    () => expect.unreachable(),
  );
  expect(() => scanner.scan(source)).toThrow('no parser');
});
