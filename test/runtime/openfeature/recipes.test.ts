import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeToken } from '../../../runtime/server/make-token.ts';
import { serveCompany } from '../../fixtures/served.ts';
import { type Heard, overheard } from '../../fixtures/server/overheard.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const doc = readFileSync(`${root}/docs/openfeature.md`, 'utf8');
const web = makeToken({ name: 'web', scopes: ['settings:read'] });

/** A recipe of the document: its program, and the request it says it sends. */
interface Recipe {
  title: string;
  program: string;
  curl: string;
}

const recipes: Recipe[] = doc
  .slice(doc.indexOf('## From other processes'))
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const block = (language: string): string =>
      new RegExp(`^\`\`\`(?:${language})\\n(.*?)^\`\`\``, 'ms').exec(section)?.[1] ?? '';
    return { title: section.split('\n')[0] ?? '', program: block('js|python|go|java'), curl: block('sh') };
  });

/** What a line of curl sends: words as a shell splits them, with these variables. */
function requestOf(curl: string, variables: Readonly<Record<string, string>>) {
  const words = [...curl.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) =>
      single ?? (double ?? bare ?? '').replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? ''),
  );
  expect(words.shift()).toBe('curl');
  const request = { method: 'GET', url: '', headers: [] as [string, string][], body: '' };
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '-X') request.method = words.shift() ?? '';
    else if (word === '-H') request.headers.push((words.shift() ?? '').split(': ') as [string, string]);
    else if (word === '-d') request.body = words.shift() ?? '';
    else request.url = word;
  }
  return request;
}

/** Every text and number somewhere in a value. */
const leavesOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => [key, ...leavesOf(part)])
    : [String(value)];

/** What a recipe decides of a request; the rest is up to the client. */
const wordsOf = ({ method, path, headers, body }: Heard) => ({
  method,
  path,
  authorization: headers.authorization,
  type: headers['content-type'],
  body: JSON.parse(body),
});

let server: Awaited<ReturnType<typeof overheard>>;

beforeEach(async () => {
  server = await overheard((await serveCompany({ tokens: [web.line] })).url);
});

const variables = () => ({ PROVISO_URL: server.url, PROVISO_TOKEN: web.token });

test('there is a recipe for each language', () => {
  expect(recipes.map(({ title }) => title)).toEqual(['JavaScript (server)', 'Python', 'Go', 'Java']);
});

describe.each(recipes)('the recipe for $title', ({ program, curl }) => {
  test('sends a request that OFREP takes, and that is answered with what the account has', async () => {
    const { method, url, headers, body } = requestOf(curl, variables());
    const response = await fetch(url, { method, headers, body });
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        key: 'seats',
        value: 9,
        reason: 'TARGETING_MATCH',
        variant: 'account',
        metadata: expect.objectContaining({ release: 1, plan: 'studio@2', source: 'quantity' }),
      },
    ]);
  });

  test('has a program with the address, the token, the flag and the whole context of that request', () => {
    const { url, body } = requestOf(curl, { PROVISO_URL: '' });
    const { context } = JSON.parse(body) as { context: Record<string, unknown> };
    const { targetingKey, ...rest } = context;
    const said = [
      'PROVISO_URL',
      'PROVISO_TOKEN',
      'Bearer',
      url.split('/').at(-1) ?? '',
      String(targetingKey),
      ...leavesOf(rest),
    ];
    expect(said.filter((word) => !program.includes(word))).toEqual([]);
  });
});

test('the program for JavaScript sends exactly that request, and reads the answer', async () => {
  const [{ program, curl }] = recipes as [Recipe];
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    env: { ...process.env, ...variables() },
  });
  expect(stdout).toBe('9\n');
  const { method, url, headers, body } = requestOf(curl, variables());
  await fetch(url, { method, headers, body });
  const [byProgram, byCurl] = server.heard.map(wordsOf);
  expect(byProgram).toEqual(byCurl);
});
