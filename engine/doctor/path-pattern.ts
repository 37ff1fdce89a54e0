/**
 * A pattern of `.gitignore`, `.gitattributes` or CODEOWNERS as a test of paths from the top. A pattern without a slash,
 * but for one at its end, counts at any depth; what matches a folder matches all in it.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const isFolder = pattern.endsWith('/');
  const inner = pattern.replace(/^\//, '').replace(/\/$/, '');
  const isAnchored = pattern.startsWith('/') || inner.includes('/');
  const source = inner
    .split('/')
    .map((part) => (part === '**' ? '**' : escapePart(part)))
    .join('/')
    .replace(/(^|\/)\*\*\/(?:\*\*\/)*/g, '$1(?:.*/)?')
    .replace(/(^|\/)\*\*$/, '$1.*');
  // A star alone at the end stands for what lies in the folder, not for what lies deeper.
  const below = isFolder ? '/.+' : inner.endsWith('/*') ? '' : '(?:/.+)?';
  const whole = new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${source}${below}$`);
  return (path) => whole.test(path);
}

const escapePart = (part: string): string =>
  part
    .replace(/\\(.)/g, '$1')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
