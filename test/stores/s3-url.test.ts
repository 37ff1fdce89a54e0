import { expect, test } from 'vitest';
import { openStore, withoutSecrets } from '../../runtime/stores/registry.ts';
import { readS3Address } from '../../runtime/stores/s3/s3-address.ts';

test.each([
  ['s3://acme-terms', { bucket: 'acme-terms', prefix: '' }],
  ['s3://acme-terms/', { bucket: 'acme-terms', prefix: '' }],
  ['s3://acme.terms/a/b', { bucket: 'acme.terms', prefix: 'a/b/' }],
  ['s3://acme-terms/a/b/?region=eu-west-1', { bucket: 'acme-terms', prefix: 'a/b/', region: 'eu-west-1' }],
  [
    's3://terms?endpoint=https://s3.example.com:9000&region=garage',
    { bucket: 'terms', prefix: '', region: 'garage', endpoint: 'https://s3.example.com:9000' },
  ],
  ['s3://terms?endpoint=http://localhost:9000', { bucket: 'terms', prefix: '', endpoint: 'http://localhost:9000' }],
  ['s3://terms?endpoint=http://127.0.0.1:1', { bucket: 'terms', prefix: '', endpoint: 'http://127.0.0.1:1' }],
  ['s3://terms?endpoint=http://[::1]:1', { bucket: 'terms', prefix: '', endpoint: 'http://[::1]:1' }],
])('%s is read', (url, address) => {
  expect(readS3Address(url)).toEqual(address);
});

test.each([
  ['s3:', /names no bucket/],
  ['s3:bucket', /names no bucket/],
  ['s3://', /names no bucket/],
  ['s3:///prefix', /names no bucket/],
  ['s3://Upper', /names no bucket/],
  ['s3://a', /names no bucket/],
  ['s3://bucket:9000/x', /names no bucket/],
  ['s3://key:hunter2@bucket/x', /credentials do not belong in the URL/],
  ['s3://terms--use1-az4--x-s3', /directory bucket cannot be a store/],
  ['s3://bucket/a//b', /letters, digits, hyphens, dots and single slashes/],
  ['s3://bucket/a b', /letters, digits, hyphens, dots and single slashes/],
  ['s3://bucket/%2e%2e/x%00', /letters, digits, hyphens, dots and single slashes/],
  ['s3://bucket?password=hunter2', /takes region and endpoint, nothing else/],
  ['s3://bucket?region=EU%20WEST', /the region is a name/],
  ['s3://bucket?endpoint=hunter2', /the endpoint is a URL/],
  ['s3://bucket?endpoint=http://s3.example.com', /must be https:/],
  ['s3://bucket?endpoint=http://127.0.0.1.example.com', /must be https:/],
  ['s3://bucket?endpoint=http://localhost.example.com', /must be https:/],
  ['s3://bucket?endpoint=ftp://127.0.0.1', /must be https:/],
  ['s3://bucket?endpoint=https://key:hunter2@s3.example.com', /without credentials/],
])('%s is refused without repeating a secret', async (url, message) => {
  const error = await openStore(url).catch((caught: Error) => caught);
  expect(error).toMatchObject({ name: 'StoreError', trouble: 'unsuitable', message: expect.stringMatching(message) });
  expect(String((error as Error).stack)).not.toContain('hunter2');
});

test('what an S3 store is made of is printed without the query', () => {
  expect(withoutSecrets('s3://acme-terms/a?endpoint=https://s3.example.com')).toBe('s3://acme-terms/a?***');
});
