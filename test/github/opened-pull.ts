import { companyOnGitHub, moreSeats, type OnGitHub } from './company-on-github.ts';
import { propose } from './fake/acts.ts';
import { findPull, findUser } from './fake/host.ts';

export const seats = (count: number) => ({ 'customers/acme.yaml': moreSeats(count) });
export const invoice = { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\nbilling: { paymentTerms: net60 }\n' };

export async function opened(files: Parameters<typeof propose>[1]['files'], more: object = {}) {
  const on = await companyOnGitHub();
  const pull = propose(on.fake, { author: 'sam', files, ...more });
  return { ...on, pull };
}

export const reviewIt = ({ run }: OnGitHub, ...more: string[]) => run(['review', '--pull', '1', ...more]);
export const checkOf = ({ fake }: OnGitHub) => {
  const check = fake.checks.findLast(({ commit }) => commit === findPull(fake, 1).head);
  return check && [check.conclusion, check.title];
};
export const reportOf = ({ fake }: OnGitHub) => findPull(fake, 1).comments.map(({ body }) => body);
export const kimOf = ({ fake }: OnGitHub) => findUser(fake, 'kim');
export const codeOf = (on: OnGitHub) => /approve [0-9a-f]{64}/.exec(reportOf(on)[0] ?? '')?.[0] ?? '';
