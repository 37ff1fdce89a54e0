import { topOf } from '../../diagnostic.ts';
import type { DoctorRule } from '../rule.ts';

const TEMPLATE = /^(\.github\/|docs\/)?pull_request_template(\.\w+$|\/)/i;
const FORM = /^\.github\/ISSUE_TEMPLATE\/(?!config\.)[^/]+\.ya?ml$/i;

export const contributionForms: DoctorRule = {
  name: 'contribution-forms',
  severity: 'note',
  fix: 'write one; GitHub says how in “About issue and pull request templates”',
  why: 'without it everybody who asks has to know by heart what reviewers need to hear',
  *find({ git }) {
    const paths = [...git.tracked];
    if (!paths.some((path) => TEMPLATE.test(path)))
      yield { message: 'there is no template for pull requests', at: topOf('.github/pull_request_template.md') };
    if (!paths.some((path) => FORM.test(path)))
      yield { message: 'there is no form by which sales asks for an exception', at: topOf('.github/ISSUE_TEMPLATE') };
  },
};
