import { expect, it } from 'vitest';
import { withoutFacades } from '../../scripts/build/without-facades.ts';

const facade = { fileName: 'facades/read.js', code: 'export { t as command, again } from "../both.js";\n' };

it('asks for the file behind a facade, and takes from it what the facade would have passed on', async () => {
  const start = {
    fileName: 'start.js',
    code: 'const read = () => import("./facades/read.js"), zod = import("zod");\n',
  };
  const both = { fileName: 'both.js', code: 'export { t, again };\n' };
  const files = withoutFacades([start, facade, both]);
  expect(Object.fromEntries(files)).toEqual({
    'start.js':
      'const read = () => import("./both.js").then((chunk) => ({ command: chunk.t, again: chunk.again })), zod = import("zod");\n',
    'both.js': both.code,
  });
});

it('leaves alone what asks for anything else', () => {
  const code = 'import("./both.js"); import(name); const text = "./facades/read.js";\n';
  expect(withoutFacades([{ fileName: 'start.js', code }, facade]).get('start.js')).toBe(code);
});

it('does not pass over a facade that does more', () => {
  const runs = { fileName: 'facades/run.js', code: 'import "../both.js";\nrun();\n' };
  expect(() => withoutFacades([runs])).toThrow('facades/run.js does not only pass on what lies elsewhere');
});
