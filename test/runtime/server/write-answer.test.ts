import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Asked, defineRoute } from '../../../runtime/server/route.ts';
import { rawRequest, statusOf } from '../../fixtures/raw-request.ts';
import { serveCompany } from '../../fixtures/served.ts';

/** Answers with its number, as long as it says, after as long as it says. */
const number = defineRoute({
  method: 'GET',
  path: '/number/:number/:length/:wait',
  scope: 'open',
  describe: {},
  answer({ params: { number = '', length, wait } }: Asked) {
    const answer = { status: 200, json: number.padEnd(Number(length), '.') };
    return wait === '0' ? answer : pause(Number(wait)).then(() => answer);
  },
});

interface Read {
  status: number;
  /** Without those that differ each time. */
  head: string[];
  body: string;
}

/** The answers of a connection, one after the other; `heads`: which of them are to HEAD, and have no body. */
function answersIn(bytes: string, heads: readonly boolean[]): Read[] {
  const answers: Read[] = [];
  let rest = bytes;
  for (const isHead of heads) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`no answer, but ${JSON.stringify(rest.slice(0, 200))}`);
    const head = rest.slice(0, end).split('\r\n');
    const length = isHead ? 0 : Number(/^content-length: (\d+)$/im.exec(head.join('\n'))?.[1] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    answers.push({
      status: statusOf(rest),
      head: head.filter((line) => !/^(?:date|x-request-id|proviso-age):/i.test(line)).sort(),
      body,
    });
    rest = rest.slice(end + 4 + length);
  }
  expect(rest).toBe('');
  return answers;
}

const asked = (method: string, path: string, more = ''): string =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

describe('questions of one connection', () => {
  it('that are sent before any is answered are answered in their order, whatever each takes', async () => {
    const { url } = await serveCompany({ routes: [number] });
    const questions = Array.from({ length: 60 }, (_, index) => ({
      method: index % 7 === 3 ? 'HEAD' : 'GET',
      path:
        index % 11 === 5 ? '/nothing' : `/number/${index}/${index % 4 === 1 ? 40_000 : 5}/${index % 5 === 2 ? 20 : 0}`,
      index,
    }));
    const bytes = await rawRequest(url, questions.map(({ method, path }) => asked(method, path)).join(''));
    const answers = answersIn(
      bytes,
      questions.map(({ method }) => method === 'HEAD'),
    );
    const expected = questions.map(({ method, path, index }) => {
      const [, , , length] = path.split('/');
      if (path === '/nothing') return [404, method === 'HEAD' ? '' : expect.stringContaining('notFound')];
      return [200, method === 'HEAD' ? '' : JSON.stringify(String(index).padEnd(Number(length), '.'))];
    });
    expect(answers.map(({ status, body }) => [status, body])).toEqual(expected);
  });

  it.each([
    ['/v1/customers/harbor', ''],
    ['/v1/customers/harbor', 'Accept-Encoding: gzip\r\n'],
    ['/v1/customers/nobody', ''],
    ['/number/1/40000/0', ''],
    ['/healthz', 'Origin: https://app.example\r\n'],
  ])('have the answer to %s (%j) that it has alone', async (path, more) => {
    const { url } = await serveCompany({ routes: [number], origins: ['https://app.example'] });
    const question = asked('GET', path, more);
    const [alone] = answersIn(await rawRequest(url, question), [false]);
    // Behind one that takes a while, answers wait for their turn.
    const inARow = await rawRequest(url, `${asked('GET', '/number/0/1/30')}${question}${question}`);
    const [, second, third] = answersIn(inARow, [false, false, false]);
    expect([second, third]).toEqual([alone, alone]);
  });

  /** The status of each answer that Node says was sent. */
  function watchAnswers(): number[] {
    const told: number[] = [];
    const hear = (message: unknown): void =>
      void told.push((message as { response: ServerResponse }).response.statusCode);
    subscribe('http.server.response.finish', hear);
    onTestFinished(() => void unsubscribe('http.server.response.finish', hear));
    return told;
  }

  it('are each told of as answered, once, to whatever watches Node', async () => {
    const told = watchAnswers();
    const { url } = await serveCompany({ routes: [number] });
    const paths = ['/healthz', '/nothing', '/number/1/5/20', '/number/2/40000/0', '/healthz'];
    for (const path of paths) await rawRequest(url, asked('GET', path), 100);
    await rawRequest(url, paths.map((path) => asked('GET', path)).join(''), 100);
    const once = [200, 404, 200, 200, 200];
    expect(told).toEqual([...once, ...once]);
  });

  it('are not told of as answered where whoever asked has gone', async () => {
    const told = watchAnswers();
    const { url, entries } = await serveCompany({ routes: [number] });
    await rawRequest(url, asked('GET', '/number/1/5/150'), 50, 50);
    await expect.poll(() => entries.filter(({ event }) => event === 'request')).toHaveLength(1);
    expect(told).toEqual([]);
  });
});

it('ends no line of a head that a route did not end', async () => {
  const split = defineRoute({
    method: 'GET',
    path: '/split',
    scope: 'open',
    describe: {},
    answer: () => ({ status: 200, headers: { 'X-Own': 'a\r\nSet-Cookie: b=c' }, json: 'done' }),
  });
  const { ask, entries } = await serveCompany({ routes: [split] });
  const answer = await ask('/split');
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, null]);
  expect(entries.map(({ event }) => event)).toContain('fault');
});
