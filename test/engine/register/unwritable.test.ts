import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRepository } from '../../../scripts/open-repository.ts';
import { openCommit } from '../../../scripts/open-tree.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import { saidOf } from '../../fixtures/register/said-of.ts';
import { temporaryRepository } from '../../temporary-repository.ts';

it('reads everything where git’s own folder takes no register', async () => {
  const { root } = temporaryRepository({
    ...(sharedFiles() as Record<string, string>),
    'customers/acme.yaml': 'name: Acme\nplan: studio@2\n',
  });
  writeFileSync(join(root, '.git/proviso'), 'in the way\n');
  const opened = await openCommit({ root }, 'HEAD', { few: 0, mostChanged: { files: 0, share: 0 } });
  expect(saidOf(opened)).toEqual(saidOf(await openRepository({ root }, { ref: 'HEAD' })));
});
