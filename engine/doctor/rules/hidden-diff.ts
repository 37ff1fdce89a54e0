import { pathPattern } from '../path-pattern.ts';
import type { DoctorRule, Finding } from '../rule.ts';
import type { Setup } from '../setup.ts';
import { linesOf } from '../text-lines.ts';

/** What reviewers must see as it is; generated files may be folded away. */
const isReviewed = (path: string, folder: string): boolean =>
  ['customers/', 'plans/', 'policies/', 'schemas/'].some((room) => path.startsWith(`${folder}${room}`)) &&
  !path.startsWith(`${folder}schemas/generated/`);

function effectOf(attributes: readonly string[]): Pick<Finding, 'message' | 'severity' | 'fix'> | undefined {
  const rewriting = attributes.find((word) => /^(?:filter|working-tree-encoding)=/.test(word) || word === 'ident');
  if (rewriting)
    return {
      message: `${rewriting} makes the file in the folder another one than the file in git`,
      severity: 'error',
      fix: 'remove the attribute for this path',
    };
  const hiding = attributes.find((word) => /^(?:-diff|binary|linguist-(?:generated|vendored)(?:=true)?)$/.test(word));
  return hiding ? { message: `${hiding} folds the change away where people review it` } : undefined;
}

function* judge(home: string, { files, folder, git }: Setup): Generator<Finding> {
  const file = files.get(`${home}.gitattributes`);
  for (const { text, at } of file ? linesOf(file) : []) {
    const [pattern = '', ...attributes] = text.trim().split(/\s+/);
    const effect = pattern === '' || pattern.startsWith('#') ? undefined : effectOf(attributes);
    if (!effect) continue;
    const matches = pathPattern(pattern);
    const probes = [
      ...git.tracked,
      ...['customers', 'plans', 'policies'].map((room) => `${folder}${room}/new-file.yaml`),
    ];
    if (probes.some((path) => path.startsWith(home) && isReviewed(path, folder) && matches(path.slice(home.length))))
      yield { ...effect, at };
  }
}

export const hiddenDiff: DoctorRule = {
  name: 'hidden-diff',
  severity: 'warning',
  fix: 'leave customers, plans, policies and settings out of the pattern',
  why: 'people would approve what they were not shown',
  *find(setup) {
    for (const home of new Set(['', setup.folder])) yield* judge(home, setup);
  },
};
