import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSuppressions } from '../../../../engine/scan/living/find-suppressions.ts';
import { commentsIn, suppressionsIn } from '../../../fixtures/scanned.ts';

const seed = Number(process.env.PROVISO_SEED ?? 20261127);
const said = `proviso-allow EX-0031 owner=team-billing until=2027-03-31 because="migration of Harbor's invoices"`;
const meant = {
  exception: 'EX-0031',
  owner: 'team-billing',
  until: '2027-03-31',
  because: "migration of Harbor's invoices",
};

const read = (text: string) => {
  const { suppressions, diagnostics } = suppressionsIn(text);
  return [
    ...suppressions.map(({ exception, owner, until, because, line }) => ({ exception, owner, until, because, line })),
    ...diagnostics.map(({ at, message }) => `${at.start.line}:${at.start.column} ${message}`),
  ];
};

describe('a suppression', () => {
  it.each([
    ['of TypeScript', `// ${said}\nif (x) {}`],
    ['of TypeScript, closed', `/* ${said} */\nif (x) {}`],
    ['of a documented one', `/**\n * ${said}\n */\nif (x) {}`, 4],
    ['of JSX', `{/* ${said} */}\n{x}`],
    ['of Python, Ruby, YAML, TOML and .env', `# ${said}\nX=1`],
    ['of Rust', `/// ${said}\nfn x() {}`],
    ['of SQL', `-- ${said}\nSELECT 1`],
    ['of HTML', `<!-- ${said} -->\n<p>`],
    ['on Windows', `// ${said}\r\nif (x) {}\r\n`],
    [
      'in single quotes',
      `// ${said.replace("Harbor's", 'their').replaceAll('"', "'")}\nx`,
      2,
      { ...meant, because: 'migration of their invoices' },
    ],
    [
      'in another order',
      `// proviso-allow EX-0031 because="a b" until=2027-03-31 owner="the team"\nx`,
      2,
      { ...meant, because: 'a b', owner: 'the team' },
    ],
    [
      'with an escaped quote',
      `// proviso-allow EX-0031 owner=t until=2027-03-31 because="say \\"x\\""\nx`,
      2,
      { ...meant, owner: 't', because: 'say "x"' },
    ],
    ['without space before the comment closes', `/*${said}*/\nx`],
  ])('%s says who, until when and why', (_, text, line = 2, what = meant) => {
    expect(read(text)).toEqual([{ ...what, line }]);
  });

  it.each([
    ['the line it ends', `first\nif (x) {} // ${said}\nsecond`, 2],
    ['the line it begins', `first\n/* ${said} */ if (x) {}`, 2],
    ['the next line, past other comments', `// ${said}\n  // biome-ignore lint: x\n/* y */\nif (x) {}`, 4],
    ['no line past an empty one', `// ${said}\n\nif (x) {}`, undefined],
    ['no line past an empty one among comments', `// ${said}\n// y\n\n// z\nif (x) {}`, undefined],
    ['no line at the end of a file', `x\n// ${said}`, undefined],
  ])('speaks for %s', (_, text, line) => {
    expect(read(text)).toEqual([{ ...meant, line }]);
  });

  it('may go on in the next line', () => {
    const [head, because] = [said.slice(0, said.indexOf(' because')), said.slice(said.indexOf('because'))];
    expect(read(`  // ${head}\n  //   ${because}\n  if (x) {}`)).toEqual([{ ...meant, line: 3 }]);
    expect(read(`/*\n * ${head}\n * ${because} */\nif (x) {}`)).toEqual([{ ...meant, line: 4 }]);
    expect(read(`// ${head}\n\n// ${because}\nif (x) {}`)).toEqual([
      '1:4 this suppresses nothing: `because` is missing',
    ]);
  });

  it('has its place from the word to the end of what it says', () => {
    const [found] = suppressionsIn(`x\n  /* ${said} */`).suppressions;
    expect(found?.at).toEqual({
      path: 'a.ts',
      start: { line: 2, column: 6 },
      end: { line: 2, column: 6 + said.length },
    });
  });

  it.each([
    ['proviso-allow', 'it names no exception, `owner` is missing, `until` is missing and `because` is missing'],
    [said.replace(' EX-0031', ''), 'it names no exception'],
    [said.replace('EX-0031', '"!"'), '"\\"!\\"" is no id of an exception'],
    [said.replace('owner=team-billing ', ''), '`owner` is missing'],
    [said.replace('team-billing', ''), '`owner` is missing'],
    [said.replace('team-billing', '""'), '`owner` is missing'],
    [said.replace('until=2027-03-31 ', ''), '`until` is missing'],
    [said.replace('2027-03-31', '2027-02-31'), '`until` is not a day like 2027-03-31'],
    [said.replace('2027-03-31', 'soon'), '`until` is not a day like 2027-03-31'],
    [said.replace(/ because.*/, ''), '`because` is missing'],
    [said.replace(/because.*/, 'because="  "'), '`because` is missing'],
    [said.replace('owner', 'ownr'), 'there is no key `ownr`; did you mean owner? and `owner` is missing'],
    [`${said} until=2099-01-01`, '`until` is there twice'],
    [said.replace('"', ''), /"of" belongs to no key; a text of several words stands in quotes/],
    [`${said} EX-0032`, '"EX-0032" belongs to no key; a text of several words stands in quotes'],
  ])('says what is missing: %s', (directive, message) => {
    const { suppressions, diagnostics } = suppressionsIn(`// ${directive}\nx`);
    expect(suppressions).toEqual([]);
    expect(diagnostics).toMatchObject([
      { rule: 'bad-suppression', severity: 'error', at: { start: { line: 1, column: 4 } } },
    ]);
    const [found] = diagnostics;
    if (typeof message === 'string') expect(found?.message).toBe(`this suppresses nothing: ${message}`);
    else expect(found?.message).toMatch(message);
  });

  it.each([
    ['mentioned in a sentence', `// write ${said} before the line\nx`],
    ['in a longer word', `// proviso-allowed EX-0031 owner=x\nx`],
    ['outside comments', `const help = '${said}';\nx`],
  ])('is none where it is %s', (_, text) => {
    expect(read(text)).toEqual([]);
  });

  it('never fails, and says nothing twice, whatever stands in comments', () => {
    const piece = fc.constantFrom(
      'proviso-allow',
      ' EX-1',
      ' owner=',
      'x',
      '"',
      "'",
      '\\',
      '\n',
      '//',
      '/*',
      '*/',
      '#',
      ' until=2027-01-01',
      ' because=',
      '=',
      ' ',
      '\r\n',
      '\u2028',
      '{',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const text = pieces.join('');
        const { suppressions, diagnostics } = findSuppressions({ path: 'x', text }, commentsIn(text));
        const places = [...suppressions, ...diagnostics].map(({ at }) => JSON.stringify(at.start));
        expect(new Set(places).size).toBe(places.length);
        for (const one of suppressions)
          expect([one.exception, one.owner, one.until, one.because].every(Boolean)).toBe(true);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('is read in time that grows with the text and no faster', () => {
    const text = `// proviso-allow ${'because = '.repeat(20_000)}${' '.repeat(50_000)}x\n${'/*'.repeat(20_000)}${' '.repeat(50_000)}x`;
    expect(findSuppressions({ path: 'x', text }, [{ start: 0, end: text.length }]).diagnostics).toHaveLength(1);
  });
});
