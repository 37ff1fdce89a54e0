import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeEdits } from '../../../engine/io/write-edits.ts';
import { temporaryFolder, writeFiles } from '../../temporary-repository.ts';

describe('writing', () => {
  it('refuses when the file was changed meanwhile, and then writes none of the files', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'customers/a.yaml': 'now\n' });
    const edits = [
      { path: 'customers/new.yaml', after: 'x\n', splices: [] },
      { path: 'customers/a.yaml', before: 'then\n', after: 'x\n', splices: [] },
    ];
    expect(() => writeEdits(folder, edits)).toThrow('customers/a.yaml was changed while the command was running');
    expect(readdirSync(join(folder, 'customers'))).toEqual(['a.yaml']);
    expect(() => writeEdits(folder, [{ path: 'customers/a.yaml', after: 'x\n', splices: [] }])).toThrow('was changed');
    expect(readFileSync(join(folder, 'customers/a.yaml'), 'utf8')).toBe('now\n');
  });
});
