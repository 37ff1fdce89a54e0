import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { commitAll, type Files, initAll, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { copySample, json, sampleCompany } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

/** What lies in the repository and is nobody's to commit. */
const ignored = { '.gitignore': '.proviso/\n' };

/** The tiny company, committed. */
export const tinyRepository = (files: Files = {}): { root: string; commit: string } =>
  temporaryRepository({ ...ignored, ...tinyCompany, ...files });

/** Writes files and commits everything; gives the commit. */
export function edit(root: string, files: Files, message?: string): string {
  writeFiles(root, files);
  return commitAll(root, message);
}

/** The sample company, committed. */
export function sampleRepository(files: Readonly<Record<string, string>> = {}): string {
  const root = sampleCompany({ ...ignored, ...files });
  initAll(root);
  return root;
}

/** The sample company, committed and published once for all tests of a file, which only read it. */
export function publishedSample(): { root: string } {
  const published = { root: '' };
  beforeAll(async () => {
    published.root = mkdtempSync(join(tmpdir(), 'proviso-test-'));
    copySample(published.root);
    writeFiles(published.root, ignored);
    initAll(published.root);
    expect(await json(published.root, 'publish')).toMatchObject({ exitCode: 0, release: 1 });
  });
  afterAll(() => rmSync(published.root, { recursive: true, force: true }));
  return published;
}

export const short = (commit: string): string => commit.slice(0, 12);
