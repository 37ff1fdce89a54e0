import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checksumOf, shownChecksum } from '../../../engine/diff/checksum-of.ts';
import { compileSides, unreadFiles } from '../../../engine/diff/compile-sides.ts';
import { diffModels } from '../../../engine/diff/diff-models.ts';
import { loadModel } from '../../../engine/load-model.ts';
import type { Settings } from '../../../schemas/setting.ts';
import { sourceFiles, type YamlFiles } from '../../fixtures/yaml-model.ts';
import { tinyCompany } from '../../scenarios/tiny-company.ts';

const { settings } = JSON.parse(tinyCompany['schemas/generated/catalogue.json']) as { settings: Settings };

const base: YamlFiles = {
  'plans/studio@1.yaml': 'name: Studio\nrank: 20\nsettings: { seats: 5 }\nprice: { free: true }\n',
  'plans/pro@1.yaml': 'name: Pro\nrank: 30\nsettings: { seats: 9, sso: true }\nprice: { free: true }\n',
  'customers/acme.yaml': 'name: Acme\nplan: studio@1\n',
  'customers/bolt.yaml': 'name: Bolt\nplan: studio@1\n',
};
const moved = { 'customers/acme.yaml': 'name: Acme\nplan: pro@1\n' };

async function checksumBetween(before: YamlFiles, after: YamlFiles, at = '2026-06-01'): Promise<string> {
  const side = async (name: string, files: YamlFiles) => {
    const sources = sourceFiles(files);
    const { model } = await loadModel(sources, settings);
    return { name, model, unread: unreadFiles(sources, model) };
  };
  const sides = compileSides(await side('before', before), await side('after', after));
  return checksumOf(diffModels(sides.base, sides.head, { at }));
}

const reference = await checksumBetween(base, { ...base, ...moved });

describe('the checksum of what a change does', () => {
  it('is sha256 over whose values change, from what to what, since when and until when', async () => {
    const text =
      '{"customers":{"acme":[["plan","studio@1","pro@1",null,null],["settings.seats",5,9,null,null],["settings.sso",false,true,null,null]]},"v":1}';
    expect(reference).toBe(hash('sha256', text));
    expect(shownChecksum(reference)).toBe(reference.slice(0, 16));
  });

  it.each<[what: string, before: YamlFiles, after: YamlFiles, at?: string]>([
    ['the day it is compared on', base, { ...base, ...moved }, '2031-01-01'],
    ['the order of files', Object.fromEntries(Object.entries(base).reverse()), { ...moved, ...base, ...moved }],
    [
      'other customers, as they are',
      { ...base, 'customers/coil.yaml': 'name: Coil\nplan: pro@1\n' },
      { ...base, ...moved, 'customers/coil.yaml': 'name: Coil\nplan: pro@1\n' },
    ],
    [
      'words',
      base,
      {
        ...base,
        'customers/acme.yaml': '# by phone\nplan: pro@1\nname: Acme Inc\n',
        'plans/pro@1.yaml': `# Pro\n${base['plans/pro@1.yaml']}`,
      },
    ],
    [
      'the folder a file lies in',
      base,
      { ...base, 'customers/acme.yaml': undefined as never, 'customers/eu/acme.yaml': moved['customers/acme.yaml'] },
    ],
  ])('is the same whatever %s', async (_, before, after, at) => {
    const present = Object.fromEntries(Object.entries(after).filter(([, text]) => text !== undefined)) as YamlFiles;
    expect(await checksumBetween(before, present, at)).toBe(reference);
  });

  it.each<[what: string, before: YamlFiles, after: YamlFiles]>([
    ['another customer', base, { ...base, 'customers/bolt.yaml': 'name: Bolt\nplan: pro@1\n' }],
    ['one more customer', base, { ...base, ...moved, 'customers/bolt.yaml': 'name: Bolt\nplan: pro@1\n' }],
    ['one customer less', base, base],
    [
      'another value',
      base,
      {
        ...base,
        ...moved,
        'plans/pro@1.yaml': 'name: Pro\nrank: 30\nsettings: { seats: 8, sso: true }\nprice: { free: true }\n',
      },
    ],
    [
      'another value before',
      { ...base, 'plans/studio@1.yaml': 'name: Studio\nrank: 20\nsettings: { seats: 4 }\nprice: { free: true }\n' },
      {
        ...base,
        ...moved,
        'plans/studio@1.yaml': 'name: Studio\nrank: 20\nsettings: { seats: 4 }\nprice: { free: true }\n',
      },
    ],
    [
      'another day',
      base,
      { ...base, 'customers/acme.yaml': 'name: Acme\nplan: studio@1\namendments: [{ on: 2026-09-01, plan: pro@1 }]\n' },
    ],
  ])('is another one for %s', async (_, before, after) => {
    expect(await checksumBetween(before, after)).not.toBe(reference);
  });
});
