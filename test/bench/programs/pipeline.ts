/** `pipeline ours|usual model|release <root>`: reads a repository, validates it, and perhaps compiles it into a release. */
import { readWorkingTree } from '../../../engine/io/read-repository.ts';
import { loadModel } from '../../../engine/load-model.ts';
import type { Model } from '../../../engine/model.ts';
import { readCatalogue } from '../../../engine/read-catalogue.ts';
import { tell } from './tell.ts';

const [side, until, root = '.'] = process.argv.slice(2);

async function load(): Promise<Model> {
  const { files, hasSettings } = readWorkingTree(root);
  const { settings = {} } = readCatalogue(files, hasSettings);
  if (side === 'usual') return (await import('./load-model-usual.ts')).loadModelUsual(files, settings);
  const { model, diagnostics } = await loadModel(files, settings);
  if (diagnostics[0]) throw new Error(diagnostics[0].message);
  return model;
}

const model = await load();
tell(until === 'model' ? model.customers.size : (await import('./release-of.ts')).releaseOf(model).root);
