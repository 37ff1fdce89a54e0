import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarifSchema } from '../fixtures/sarif-schema.ts';
import { runProviso } from '../run-proviso.ts';
import { temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const PLAN = 'plans/studio@1.yaml';
const isSarif = new Ajv({ strict: false, validateFormats: false }).compile(sarifSchema);

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...tinyCompany, ...files });
  return folder;
}

const broken = { 'customers/acme.yaml': 'name: Acme\nplan: studoi@1\n' };

describe('markdown', () => {
  it('of validate is a list of what is wrong, and the text as it is', async () => {
    const { exitCode, stdout, stderr } = await runProviso(['validate', '--no-code', '--format', 'markdown'], {
      folder: folderWith(broken),
    });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: `**1 error**

- **Error** \`customers/acme.yaml:2:7\` no plan named studoi@1; did you mean studio@1? (unknown-plan)
  - a plan is a file: plans/studoi@1.yaml

\`\`\`text
3 files, 1 customer: 1 error
\`\`\`
`,
      stderr: '',
    });
  });

  it('of diff is the text as it is, without colours, whatever the terminal', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, { [PLAN]: tinyCompany[PLAN].replace('seats: 5', 'seats: 4') });
    const { exitCode, stdout } = await runProviso(['diff', '--format', 'markdown'], {
      folder: root,
      isTTY: true,
      variables: { FORCE_COLOR: '1' },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^```text\nHEAD → working tree[^`]*takes {4}seats 5 → 4[^`]*\n```\n$/);
    expect(stdout).not.toContain('\\u001b');
  });

  it('of explain too', async () => {
    const { stdout } = await runProviso(['explain', 'acme', '--format=markdown'], { folder: folderWith({}) });
    expect(stdout).toMatch(/^```text\nAcme \(acme\) on 2026-06-01: studio@1, active\n[^`]*```\n$/);
  });
});

describe('sarif', () => {
  const sarif = async (argv: string[], folder: string, variables: Record<string, string> = {}) => {
    const { exitCode, stdout } = await runProviso([...argv, '--format', 'sarif'], { folder, variables });
    const log = JSON.parse(stdout);
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    return { exitCode, run: log.runs[0] };
  };

  it('names what is wrong from the top of the checkout', async () => {
    const folder = folderWith({});
    writeFiles(
      folder,
      Object.fromEntries(Object.entries({ ...tinyCompany, ...broken }).map(([path, text]) => [`terms/${path}`, text])),
    );
    const { exitCode, run } = await sarif(['validate', '--no-code', '--root', 'terms'], folder, {
      GITHUB_WORKSPACE: folder,
    });
    expect(exitCode).toBe(1);
    expect(
      run.results.map(
        ({
          ruleId,
          level,
          locations,
        }: {
          ruleId: string;
          level: string;
          locations: [{ physicalLocation: unknown }];
        }) => [ruleId, level, locations[0].physicalLocation],
      ),
    ).toEqual([
      [
        'unknown-plan',
        'error',
        {
          artifactLocation: { uri: 'terms/customers/acme.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 2, startColumn: 7, endLine: 2, endColumn: 15 },
        },
      ],
    ]);
  });

  it('is empty where all is well, whatever the command finds out', async () => {
    const { exitCode, run } = await sarif(['explain', 'acme'], folderWith({}));
    expect([exitCode, run.results, run.invocations[0].executionSuccessful]).toEqual([0, [], true]);
  });

  it('is what history prints too, with releases and without', async () => {
    const { root } = temporaryRepository({ '.gitignore': '.proviso/\n', ...tinyCompany });
    for (const publishes of [false, true]) {
      if (publishes) await runProviso(['publish'], { folder: root });
      const { exitCode, run } = await sarif(['history'], root);
      expect([exitCode, run.results]).toEqual([0, []]);
    }
    const { stdout } = await runProviso(['history', '--format', 'markdown'], { folder: root });
    expect(stdout).toMatch(/^```text\nrelease .*\n +1 {2}publish [^`]*\n```\n$/);
  });

  it('says that a command line cannot be read', async () => {
    const { exitCode, run } = await sarif(['explain', 'nobody'], folderWith({}));
    expect(exitCode).toBe(2);
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('nobody');
  });
});

describe('the summary of a step', () => {
  const MANY = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`customers/c${index}.yaml`, `name: C\nplan: studoi@${index + 2}\n`]),
  );

  it('holds what the annotations have no room for', async () => {
    const folder = folderWith(MANY);
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'an earlier command\n');
    const { stdout } = await runProviso(['validate', '--no-code', '--format', 'github'], {
      folder,
      variables: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(stdout.split('\n').filter((line) => line.startsWith('::error')).length).toBe(10);
    expect(stdout).toContain('\n2 more of severity error in the summary\n');
    const written = readFileSync(summary, 'utf8');
    expect(written.startsWith('an earlier command\n**12 errors**\n\n- **Error** `customers/c0.yaml:2:7` ')).toBe(true);
    expect(written.match(/^- \*\*Error\*\*/gm)?.length).toBe(12);
  });

  it('is written under no other format, and never more than GitHub takes', async () => {
    const folder = folderWith(MANY);
    const summary = join(folder, 'summary.md');
    const variables = { GITHUB_STEP_SUMMARY: summary };
    writeFileSync(summary, 'x'.repeat(1_048_576 - 600));
    await runProviso(['validate', '--no-code', '--format', 'json'], { folder, variables });
    expect(readFileSync(summary).length).toBe(1_048_576 - 600);
    await runProviso(['validate', '--no-code', '--format', 'github'], { folder, variables });
    const written = readFileSync(summary, 'utf8');
    expect(Buffer.byteLength(written)).toBeLessThanOrEqual(1_048_576);
    expect(written.slice(-200)).toMatch(/\n- \*\*Error\*\* .*\n(.*\n)*\n… what follows had no room in this summary\n$/);
    await runProviso(['validate', '--no-code', '--format', 'github'], { folder, variables });
    expect(Buffer.byteLength(readFileSync(summary))).toBeLessThanOrEqual(1_048_576);
  });

  it('keeps no command from its work where it cannot be written', async () => {
    const folder = folderWith({});
    const { exitCode } = await runProviso(['validate', '--no-code', '--format', 'github'], {
      folder,
      variables: { GITHUB_STEP_SUMMARY: join(folder, 'no', 'such', 'folder') },
    });
    expect(exitCode).toBe(0);
  });
});
