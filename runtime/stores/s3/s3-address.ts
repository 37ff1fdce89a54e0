import { StoreError } from '../store.ts';

/** Where an S3 store lies, as its URL says. */
export interface S3Address {
  bucket: string;
  /** `''`, or what every key begins with, ending in `/`. */
  prefix: string;
  /** Left to the client's own configuration where the URL does not say. */
  region?: string;
  /** A server that is not Amazon's. */
  endpoint?: string;
}

const example = 's3://my-bucket/terms?region=eu-west-1';
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const prefixName = /^[A-Za-z0-9!_.*'()-]+(\/[A-Za-z0-9!_.*'()-]+)*$/;
const regionName = /^[a-z0-9-]{1,64}$/;
const known = ['region', 'endpoint'];

/** Reads `s3://bucket/prefix?region=…&endpoint=…`. @throws StoreError (`unsuitable`) that does not repeat the URL. */
export function readS3Address(text: string): S3Address {
  const url = URL.canParse(text) ? new URL(text) : fail(`an S3 store is named by a URL such as ${example}`);
  if (url.username || url.password)
    fail('credentials do not belong in the URL of an S3 store: they are found where the AWS tools look for them');
  if (!bucketName.test(url.hostname) || url.port) fail(`the URL names no bucket; write ${example}`);
  // These answer lists in no order and know no versions, and nothing here was tried on one.
  if (url.hostname.endsWith('--x-s3')) fail('a directory bucket cannot be a store; use a general purpose bucket');
  const prefix = url.pathname.replace(/^\/|\/$/g, '');
  if (prefix !== '' && (!prefixName.test(prefix) || /(^|\/)\.\.?(\/|$)/.test(prefix)))
    fail('what follows the bucket may hold letters, digits, hyphens, dots and single slashes');
  for (const name of url.searchParams.keys())
    if (!known.includes(name)) fail(`an S3 store's URL takes ${known.join(' and ')}, nothing else`);
  const region = url.searchParams.get('region') ?? undefined;
  if (region !== undefined && !regionName.test(region)) fail('the region is a name such as eu-west-1');
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined) checkEndpoint(endpoint);
  return {
    bucket: url.hostname,
    prefix: prefix && `${prefix}/`,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function checkEndpoint(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : fail('the endpoint is a URL such as https://s3.example.com');
  if (url.username || url.password || url.search || url.hash)
    fail('the endpoint is a plain URL, without credentials and without a query');
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    fail('the endpoint must be https:, except on this machine: over plain HTTP anybody between could read and answer');
}

function fail(message: string): never {
  throw new StoreError('unsuitable', message);
}
