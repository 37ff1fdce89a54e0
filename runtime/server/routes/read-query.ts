import { type Asked, RequestError } from '../route.ts';

/**
 * The parameters a route knows, each at most once. Others are refused: with `?att=` somebody would be told of today what he
 * asked of another day.
 *
 * @throws RequestError (400)
 */
export function readQuery<Name extends string>(
  asked: Pick<Asked, 'hasQuery' | 'query'>,
  known: Readonly<Record<Name, string>>,
): { readonly [Each in Name]?: string } {
  if (!asked.hasQuery) return {};
  const read: { [Each in Name]?: string } = {};
  for (const [name, value] of asked.query) {
    if (!Object.hasOwn(known, name))
      throw new RequestError(400, 'unknownParameter', `parameters here are ${Object.keys(known).join(', ')}`);
    if (Object.hasOwn(read, name)) throw new RequestError(400, 'repeatedParameter', `${name} is said more than once`);
    read[name as Name] = value;
  }
  return read;
}
