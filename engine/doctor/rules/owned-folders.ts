import { topOf } from '../../diagnostic.ts';
import { ownerOf, readCodeOwners } from '../codeowners.ts';
import type { DoctorRule } from '../rule.ts';

const rooms = ['customers', 'plans', 'policies', 'schemas'];

export const ownedFolders: DoctorRule = {
  name: 'owned-folders',
  severity: 'warning',
  fix: 'add a line for it at the end of CODEOWNERS; the last line that matches decides',
  why: 'a change there would ask nobody on GitHub for a look',
  *find(setup) {
    const owners = readCodeOwners(setup);
    if (!owners) return;
    const folders = [...rooms.map((room) => `${setup.folder}${room}/`), '.github/'];
    for (const folder of folders) {
      const inside = [...setup.git.tracked].filter((path) => path.startsWith(folder));
      if (inside.length === 0) continue;
      // A file that does not exist yet must be owned too.
      const probes = [...inside, `${folder}new-file.yaml`];
      const open = probes.find((path) => (ownerOf(owners, path)?.owners.length ?? 0) === 0);
      if (open === undefined) continue;
      const undone = ownerOf(owners, open);
      const what = inside.includes(open) ? `${open} has no owner` : `a new file in /${folder} would have no owner`;
      yield undone
        ? { message: `${what}: this line, the last that matches, names none`, at: undone.at }
        : { message: `${what}: no line matches`, at: topOf(owners.path) };
    }
  },
};
