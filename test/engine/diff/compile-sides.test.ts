import { expect, it } from 'vitest';
import { compileSides, unreadFiles } from '../../../engine/diff/compile-sides.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { company, edited, replaced, settings } from '../../fixtures/diff/small-company.ts';
import { sourceFiles, type YamlFiles, yamlModel } from '../../fixtures/yaml-model.ts';

const STUDIO = 'plans/studio@2.yaml';
/** All but the one who never had that plan. */
const onStudio = ['adding', 'bare', 'bought', 'earlier', 'later', 'special'];

it.each<[string, YamlFiles, string[], string[]]>([
  ['nothing changed', company, [], []],
  ['a comment in a plan', replaced(company, STUDIO, 'rank: 20', 'rank: 20 # second'), [], []],
  ['a comment in a customer’s file', replaced(company, 'customers/bare.yaml', 'plan:', '# base\nplan:'), [], []],
  ['one customer’s file', replaced(company, 'customers/bare.yaml', 'studio@2', 'enterprise@1'), ['bare'], ['bare']],
  ['a customer that came', edited(company, { 'customers/new.yaml': 'name: New\nplan: starter@1\n' }), [], ['new']],
  ['a customer that is gone', edited(company, { 'customers/bare.yaml': undefined }), ['bare'], []],
  ['a plan', replaced(company, STUDIO, 'seats: 50', 'seats: 40'), onStudio, onStudio],
])('compiles no more than it must: %s', async (_, head, before, after) => {
  const sides = compileSides(
    { name: 'base', model: await yamlModel(company, settings) },
    { name: 'head', model: await yamlModel(head, settings) },
  );
  expect([...sides.base.compiled.customers.keys()]).toEqual(before);
  expect([...sides.head.compiled.customers.keys()]).toEqual(after);
});

it('knows the files that are there and did not become part of the model', async () => {
  const files = sourceFiles(
    edited(company, { 'customers/bare.yaml': 'name: [Bare\n', 'policies/menu.yaml': 'addOns: 5\n' }),
  );
  const { model } = await loadModel(files, settings);
  expect([...unreadFiles(files, model)].sort()).toEqual(['customers/bare.yaml', 'policies/menu.yaml']);
});
