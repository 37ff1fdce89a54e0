import { expect, it } from 'vitest';
import { companyOnGitHub } from '../github/company-on-github.ts';
import { commitAll, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const acme = 'customers/acme.yaml';
const URL = 'https://github.example/acme/terms/issues';

async function watched() {
  const { fake, clone, run, variablesOf } = await companyOnGitHub();
  const at = (now: string) => ({ now, variables: variablesOf() });
  const look = async (now = '2026-06-01T13:00:00Z', ...more: string[]) => {
    const { exitCode, stderr } = await run(['status', '--expect-no-drift', '--issue', ...more], undefined, at(now));
    const issues = [...fake.issues.values()].map(({ number, state }) => `${number} ${state}`);
    return { exitCode, stderr, issues };
  };
  const publish = (now = '2026-06-01T12:00:00Z') => run(['publish'], undefined, at(now));
  expect(await publish()).toMatchObject({ exitCode: 0 });
  return { fake, clone, look, publish, run };
}

it('one issue is open while git says something else, and is closed when all is well again', async () => {
  const { fake, clone, look, publish } = await watched();
  expect(await look()).toEqual({ exitCode: 0, stderr: '', issues: [] });
  writeFiles(clone, { [acme]: tinyCompany[acme].replace(/^name: .*/, 'name: "@kim <b>"') });
  commitAll(clone);
  for (const hour of ['14', '15'])
    expect(await look(`2026-06-01T${hour}:00:00Z`)).toEqual({
      exitCode: 1,
      stderr: `Issue: ${URL}/1\n`,
      issues: ['1 open'],
    });
  const [issue] = fake.issues.values();
  expect([issue?.title, issue?.labels]).toEqual([
    'What is in force in local is not as it should be',
    ['proviso/drift-local'],
  ]);
  expect(issue?.body).toMatch(/Drift: commit [0-9a-f]{12} says something else for 1 customer: acme\.\n```\n/);
  expect(issue?.body).toContain('- What was merged is not published.');
  expect(await publish('2026-06-01T16:00:00Z')).toMatchObject({ exitCode: 0 });
  expect(await look('2026-06-01T17:00:00Z')).toEqual({
    exitCode: 0,
    stderr: `Closed: ${URL}/1\n`,
    issues: ['1 closed'],
  });
  expect(await look('2026-06-01T18:00:00Z')).toEqual({ exitCode: 0, stderr: '', issues: ['1 closed'] });
});

it('a stale release has an issue, and a closed issue is followed by another', async () => {
  const { fake, look, run } = await watched();
  expect(await look('2026-06-02T12:00:01Z')).toMatchObject({ exitCode: 1, issues: ['1 open'] });
  const [issue] = fake.issues.values();
  expect(issue?.body).toContain('- Nobody refreshed the release.');
  expect(issue?.body).not.toContain('is not published');
  if (issue) issue.state = 'closed';
  expect(await look('2026-06-02T13:00:00Z')).toMatchObject({ exitCode: 1, issues: ['1 closed', '2 open'] });
  await run(['refresh'], undefined, { now: '2026-06-02T13:30:00Z' });
  expect(await look('2026-06-02T14:00:00Z')).toMatchObject({ exitCode: 0, issues: ['1 closed', '2 closed'] });
});

it('a store that cannot be read has an issue, too', async () => {
  const { fake, clone, look } = await watched();
  writeFiles(clone, { '.proviso/store/heads/local/stable/1': 'nothing that can be read' });
  const { exitCode, issues } = await look();
  expect([exitCode === 0, issues]).toEqual([false, ['1 open']]);
  expect([...fake.issues.values()][0]?.body).toMatch(
    /^<!-- proviso-drift-local:v1 -->\nIt cannot be read from the store/,
  );
});
