import { expect, it } from 'vitest';
import { companyOnGitHub } from '../github/company-on-github.ts';

it('the agenda goes into one issue, which is brought up to date until somebody closes it', async () => {
  const { fake, run } = await companyOnGitHub({
    'customers/acme.yaml':
      'name: Acme @kim\nplan: studio@1\nstatuses: [{ stage: suspended, since: 2026-05-20, because: "unpaid <b>" }]\n',
  });
  for (const now of ['2026-06-01T06:00:00Z', '2026-06-08T06:00:00Z']) {
    const { exitCode, stderr } = await run(['agenda', '--issue'], undefined, { now });
    expect([exitCode, stderr]).toEqual([0, 'Issue: https://github.example/acme/terms/issues/1\n']);
  }
  const [issue] = fake.issues.values();
  expect([fake.issues.size, issue?.title, issue?.labels]).toEqual([1, 'Review of 2026-06-08', ['proviso/agenda']]);
  expect(issue?.body).toContain('suspended since 2026-05-20');
  expect(issue?.body).not.toMatch(/@kim|<b>/);
});
