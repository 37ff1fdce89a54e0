import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCpuClock } from '../fixtures/read-cpu-clock.ts';
import { faults, read } from './read-text.ts';

interface Case {
  case: string;
  file: string;
  class: 'reject' | 'accept' | 'either';
  line: number | null;
}

/** What the reader refuses on its own; the other rejected files are well-formed and wrong. */
const READERS: Readonly<Record<string, string>> = {
  'bomb-billion-laughs': 'yaml-anchor',
  'bomb-one-big-anchor': 'yaml-anchor',
  'bomb-self-alias': 'yaml-anchor',
  'deep-flow-10000': 'nesting-too-deep',
  'deep-flow-100000': 'nesting-too-deep',
  'deep-block-3000': 'file-too-large',
  'deep-flow-unclosed': 'nesting-too-deep',
  'huge-scalar-5mb': 'file-too-large',
  'huge-keys-50000': 'file-too-large',
  'huge-list-100000': 'file-too-large',
  'dup-top-key': 'duplicate-key',
  'dup-quoted-key': 'duplicate-key',
  'dup-escaped-key': 'duplicate-key',
  'dup-flow-key': 'duplicate-key',
  'proto-key-proto': 'unknown-key',
  'proto-setting-proto': 'unknown-key',
  'enc-utf16le': 'not-utf8',
  'enc-latin1': 'not-utf8',
  'enc-truncated-utf8': 'not-utf8',
  'enc-nbsp-indent': 'bad-indentation',
  'ctl-nul-byte': 'control-character',
  'ctl-nul-escape': 'control-character',
  'ctl-ansi-escape': 'control-character',
  'ctl-bidi': 'bidirectional-control',
  'ctl-lone-surrogate': 'lone-surrogate',
  'num-2pow53plus1': 'unsafe-number',
  'num-1e21': 'unsafe-number',
  'num-exponent': 'unclear-number',
  'num-inf': 'unclear-number',
  'num-nan': 'unclear-number',
  'num-octal-0o17': 'unclear-number',
  'num-octal-017': 'unclear-number',
  'num-hex': 'unclear-number',
  'num-comma': 'missing-value',
  'num-minus-zero': 'unclear-number',
  'tag-js-function': 'yaml-tag',
  'tag-python-object': 'yaml-tag',
  'tag-binary': 'yaml-tag',
  'tag-omap': 'yaml-tag',
  'tag-timestamp': 'yaml-tag',
  'tag-str-number': 'yaml-tag',
  'multi-document': 'several-documents',
  'directive-yaml11': 'yaml-directive',
  'top-list': 'not-a-mapping',
  'top-scalar': 'not-a-mapping',
  empty: 'empty-file',
  'only-comment': 'empty-file',
  'tab-indent': 'tab-indentation',
  'merge-key': 'yaml-anchor',
  'undefined-alias': 'yaml-alias',
  'complex-key': 'key-not-text',
  'unclosed-quote': 'unclosed-quote',
  'bad-indent': 'bad-indentation',
  'conflict-markers': 'merge-conflict',
};

const corpus = process.env.PROVISO_CASES;

describe.skipIf(!corpus)('the hostile corpus of PROVISO_CASES', () => {
  let folder = '';
  let cases: Case[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'proviso-badinput-'));
    execFileSync(process.execPath, [resolve(corpus ?? '', 'badinput/make.mjs'), folder], { stdio: 'ignore' });
    const lines = readFileSync(join(folder, 'index.jsonl'), 'utf8').trim().split('\n');
    cases = lines.map((line) => JSON.parse(line) as Case);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('no file throws, takes long, or is refused without a place', () => {
    let slowest = 0;
    for (const { case: name, file } of cases) {
      const bytes = readFileSync(join(folder, file));
      const started = readCpuClock();
      const { document, diagnostics } = read(bytes);
      slowest = Math.max(slowest, readCpuClock() - started);
      expect({ name, refused: document === undefined }).toEqual({ name, refused: diagnostics.length > 0 });
      for (const { at } of diagnostics) expect(at.start.line).toBeGreaterThan(0);
    }
    console.log(`${cases.length} files, the slowest ${slowest.toFixed(0)} ms`);
    expect(cases.length).toBeGreaterThan(100);
    expect(slowest).toBeLessThan(2000);
  });

  test('what the reader must refuse it refuses, by the right rule and on the right line', () => {
    const refused: Record<string, string> = {};
    for (const { case: name, file, line } of cases) {
      const [first] = read(readFileSync(join(folder, file))).diagnostics;
      if (!first) continue;
      refused[name] = first.rule;
      if (line !== null) expect({ name, line: first.at.start.line }).toEqual({ name, line });
    }
    const known = new Set(cases.map(({ case: name }) => name));
    expect(refused).toEqual(Object.fromEntries(Object.entries(READERS).filter(([name]) => known.has(name))));
  });

  test('what must be accepted is read', () => {
    for (const { file, class: kind } of cases) {
      if (kind === 'accept')
        expect({ file, faults: faults(readFileSync(join(folder, file))) }).toEqual({ file, faults: [] });
    }
  });
});
