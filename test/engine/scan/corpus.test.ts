import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ScannedFolders } from '../../../engine/io/scan/scan-folders.ts';
import { hashDictionary } from '../../../engine/scan/names/hash-dictionary.ts';
import { openDictionary } from '../../../engine/scan/names/open-dictionary.ts';
import { openHashed } from '../../../engine/scan/names/open-hashed.ts';
import { noPolicy } from '../../../engine/scan/policy.ts';
import { type Corpus, ownCorpus, readCorpus, scanCorpus, score } from './read-corpus.ts';

const sample = process.env.PROVISO_CASES && `${process.env.PROVISO_CASES}/scanner`;

/** What holds today: one label less must go red. */
const corpora: readonly { name: string; folder: string; precision: number; recall: number }[] = [
  { name: 'our own corpus', folder: ownCorpus, precision: 1, recall: 0.989 },
  { name: 'the sample from elsewhere', folder: sample ?? '', precision: 1, recall: 1 },
];

describe.each(corpora)('$name', ({ folder, precision, recall }) => {
  describe.skipIf(!existsSync(`${folder}/labels.jsonl`))('is labelled by hand, and the scanner', () => {
    let corpus: Corpus;
    let scanned: ScannedFolders;
    beforeAll(async () => {
      corpus = await readCorpus(folder);
      scanned = await scanCorpus(corpus, openDictionary(corpus.accounts, noPolicy));
    });

    it('finds nearly all that decides, and nearly nothing that does not', () => {
      const { missed, wrong, ...reached } = score(corpus, scanned);
      const said = [...missed.map((one) => `missed ${one}`), ...wrong.map((one) => `wrong ${one}`)].join('\n');
      expect(reached.precision, said).toBeGreaterThanOrEqual(precision);
      expect(reached.recall, said).toBeGreaterThanOrEqual(recall);
    });

    it('finds the same with a dictionary without names, to the word', async () => {
      const hashed = JSON.stringify(hashDictionary(corpus.accounts, noPolicy, 'a salt of thirty-two characters.'));
      const again = await scanCorpus(corpus, openHashed(JSON.parse(hashed)));
      expect(again.head).toEqual(scanned.head);
      expect(again.files).toEqual(scanned.files);
    });

    it('finds the same where it parses every file', async () => {
      const dictionary = openDictionary(corpus.accounts, noPolicy);
      const again = await scanCorpus(corpus, dictionary, { parseEverything: true });
      expect(again.head).toEqual(scanned.head);
      expect(again.files.scanned).toBe(scanned.files.scanned);
      expect(again.files.parsed).toBeGreaterThan(scanned.files.parsed);
    });

    it('has looked at the labelled files', () => {
      expect(corpus.labels.length).toBeGreaterThan(80);
      expect(scanned.head.findings.length).toBeGreaterThan(50);
      expect(scanned.files.scanned).toBeGreaterThan(80);
    });
  });
});

describe('the score of a corpus', () => {
  const label = (file: string, label: 'positive' | 'negative', lines = [3], also: number[] = []) => ({
    file: `files/${file}`,
    label,
    lines,
    also,
    idiom: 'x',
  });
  const found = (...places: [path: string, line: number][]) => ({
    head: {
      findings: places.map(([path, line]) => ({ at: { path, start: { line, column: 1 } } })) as never,
      suppressions: [],
    },
  });

  it('goes down with what is missed and with what is wrong', () => {
    const labels = [label('a.ts', 'positive'), label('b.ts', 'positive', [3], [9]), label('c.ts', 'negative')];
    expect(score({ labels }, found(['a.ts', 4], ['x/files/b.ts', 10]))).toEqual({
      precision: 1,
      recall: 1,
      missed: [],
      wrong: [],
    });
    expect(score({ labels }, found(['a.ts', 5], ['b.ts', 9], ['c.ts', 1]))).toEqual({
      precision: 0.5,
      recall: 0.5,
      missed: ['files/a.ts:3 [x]'],
      wrong: ['files/c.ts:1 [x]'],
    });
  });
});
