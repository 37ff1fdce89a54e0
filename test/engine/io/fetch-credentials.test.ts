import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { fetchCommits } from '../../../engine/io/fetch-commits.ts';
import { git, temporaryRepository } from '../../temporary-repository.ts';

const wanted = [{ commit: '0123456789'.repeat(4), ref: 'refs/heads/main' }];
const shown = `basic ${Buffer.from('x-access-token:s3cret').toString('base64')}`;

/** A place that lets nobody in and remembers what it was shown. */
async function closedDoor(): Promise<{ url: string; seen: (string | undefined)[] }> {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function fetchFrom(origin: string, server: string, configured?: string) {
  const { root } = temporaryRepository({ 'a.txt': 'a' });
  git(root, 'remote', 'add', 'origin', `${origin}/acme/terms.git`);
  if (configured) git(root, 'config', `http.${origin}/.extraheader`, configured);
  return fetchCommits(root, wanted, { server, token: 's3cret' }).catch((error: unknown) => error as Error);
}

it('git shows the token to the server it is for, once, whatever is configured, and tells nobody else', async () => {
  const [ours, other] = [await closedDoor(), await closedDoor()];
  const errors = [
    await fetchFrom(ours.url, ours.url),
    await fetchFrom(ours.url, ours.url, 'AUTHORIZATION: basic left-by-checkout'),
    await fetchFrom(other.url, ours.url),
  ];
  expect(ours.seen).toEqual([shown, shown]);
  expect(other.seen).toEqual([undefined]);
  for (const error of errors) {
    expect(error).toMatchObject({ name: 'UsageError' });
    expect(String(error)).not.toContain('s3cret');
  }
});
