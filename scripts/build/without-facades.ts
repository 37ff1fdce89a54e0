/** A file of a bundle. */
export interface Chunk {
  fileName: string;
  code: string;
}

/** The folder of files that a bundler adds for `import()`: each only passes on what lies in another. */
export const FACADES = 'facades';

/** All that such a file says. */
const FACADE = /^export \{([^}]+)\} from "\.\.\/([^"]+)";\s*$/;

/**
 * The code of each file by its name, without facades, each of which would be one more file to read: whoever asks for one asks
 * for the file behind it, and takes from there what it would have passed on. Throws when a facade does more than that.
 */
export function withoutFacades(chunks: readonly Chunk[]): Map<string, string> {
  const isFacade = ({ fileName }: Chunk): boolean => fileName.startsWith(`${FACADES}/`);
  const behind = new Map(
    chunks.filter(isFacade).map(({ fileName, code }) => [`./${fileName}`, askedBehind(fileName, code)]),
  );
  const direct = (code: string): string =>
    code.replace(/\bimport\("([^"]+)"\)/g, (written, file: string) => behind.get(file) ?? written);
  return new Map(chunks.filter((chunk) => !isFacade(chunk)).map(({ fileName, code }) => [fileName, direct(code)]));
}

function askedBehind(fileName: string, code: string): string {
  const [, names, file] = FACADE.exec(code) ?? [];
  if (names === undefined) throw new Error(`${fileName} does not only pass on what lies elsewhere:\n${code}`);
  const passed = names.split(',').map((each) => {
    const [there = '', here = there] = each.trim().split(' as ');
    return `${here}: chunk.${there}`;
  });
  return `import("./${file}").then((chunk) => ({ ${passed.join(', ')} }))`;
}
