import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../engine/diagnostic.ts';
import { codeFrame } from '../../../engine/report/code-frame.ts';
import { flattenDiagnostics } from '../../../engine/report/flatten-diagnostics.ts';
import { countInWords, formatDiagnostics } from '../../../engine/report/format-diagnostics.ts';
import { formatWorkflowCommands, withoutWorkflowCommands } from '../../../engine/report/format-workflow-commands.ts';
import { noPaint } from '../../../engine/report/paint.ts';

const text = 'name: Acme\nplan: proo@1\nquantities: { seats: 5 }\nbilling: {}\nsupport: {}\ndetails: {}\n';
const path = 'customers/acme.yaml';
const unknownPlan: Diagnostic = {
  rule: 'unknown-plan',
  severity: 'error',
  message: 'no plan named proo@1; did you mean pro@1?',
  at: { path, start: { line: 2, column: 7 }, end: { line: 2, column: 13 } },
  help: 'a plan is a file: plans/proo@1.yaml',
};
const place = (line: number, column = 1, inPath = path) => ({ path: inPath, start: { line, column } });
const note: Diagnostic = { rule: 'a-note', severity: 'note', message: 'a note', at: place(1) };
const warning: Diagnostic = { rule: 'a-warning', severity: 'warning', message: 'a warning', at: place(1) };

describe('text', () => {
  it('shows place, sentence, the lines around it and what to do', () => {
    expect(formatDiagnostics([unknownPlan], { textOf: (of) => (of === path ? text : undefined) })).toBe(
      [
        'customers/acme.yaml:2:7 error no plan named proo@1; did you mean pro@1? (unknown-plan)',
        '  1 | name: Acme',
        '> 2 | plan: proo@1',
        '    |       ^^^^^^',
        '  3 | quantities: { seats: 5 }',
        '  4 | billing: {}',
        '  help: a plan is a file: plans/proo@1.yaml',
        '',
      ].join('\n'),
    );
  });

  it('is worst first, then by file, line and column', () => {
    const at = (line: number, column: number, inPath: string): Diagnostic => ({
      ...unknownPlan,
      help: undefined,
      at: place(line, column, inPath),
    });
    const shown = formatDiagnostics([
      note,
      warning,
      at(9, 1, 'b.yaml'),
      at(10, 1, 'a.yaml'),
      at(9, 20, 'a.yaml'),
      at(9, 3, 'a.yaml'),
    ]);
    expect(
      shown
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ').slice(0, 2).join(' ')),
    ).toEqual([
      'a.yaml:9:3 error',
      'a.yaml:9:20 error',
      'a.yaml:10:1 error',
      'b.yaml:9:1 error',
      'customers/acme.yaml:1:1 warning',
      'customers/acme.yaml:1:1 note',
    ]);
  });

  it('stops after the fiftieth', () => {
    const shown = formatDiagnostics(Array.from({ length: 1_300 }, () => note));
    expect(shown.split('\n\n').length).toBe(51);
    expect(shown.endsWith('\n… and 1,250 more\n')).toBe(true);
  });

  it('is empty where all is well', () => {
    expect(formatDiagnostics([])).toBe('');
    expect(countInWords([])).toBe('no problems');
    expect(countInWords([unknownPlan, unknownPlan, note, warning])).toBe('2 errors, 1 warning and 1 note');
  });

  it('obeys nothing that a file says', () => {
    const hostile = '\u001b[2J\u202e';
    const diagnostic: Diagnostic = {
      rule: 'r',
      severity: 'error',
      message: `bad ${hostile}\n::error::x`,
      at: place(1, 1, `customers/${hostile}.yaml`),
      help: hostile,
      related: [{ message: hostile, at: place(3, 4, hostile) }],
    };
    expect(formatDiagnostics([diagnostic], { textOf: () => `${hostile}: x` })).toBe(
      [
        'customers/\\u001b[2J\\u202e.yaml:1:1 error bad \\u001b[2J\\u202e\\u000a::error::x (r)',
        '> 1 | \\u001b[2J\\u202e: x',
        '    | ^^^^^^',
        '  \\u001b[2J\\u202e:3:4: \\u001b[2J\\u202e',
        '  help: \\u001b[2J\\u202e',
        '',
      ].join('\n'),
    );
  });

  it('colours with the paint it is given', () => {
    const paint = { ...noPaint, red: (word: string) => `<${word}>` };
    expect(formatDiagnostics([{ ...note, severity: 'error' }], { paint })).toBe(
      'customers/acme.yaml:1:1 <error> a note (a-note)\n',
    );
  });
});

describe('a code frame', () => {
  const frame = (of: string, line: number, column: number, end?: [number, number]) =>
    codeFrame(of, { ...place(line, column), ...(end && { end: { line: end[0], column: end[1] } }) }, noPaint);

  it.each([
    ['of the first of many lines', 'a\nb\nc\nd', 1, 1, undefined, '> 1 | a\n    | ^\n  2 | b\n  3 | c\n'],
    ['of the last line', 'a\nb\nc\n', 3, 1, undefined, '  1 | a\n  2 | b\n> 3 | c\n    | ^\n'],
    ['after the last line', 'a\n', 2, 1, undefined, '  1 | a\n> 2 |\n    | ^\n'],
    ['over several lines', 'ab\ncd\n', 1, 2, [2, 2], '> 1 | ab\n    |  ^\n  2 | cd\n'],
    ['behind wide characters', '株式: x', 1, 5, [1, 6], '> 1 | 株式: x\n    |       ^\n'],
    ['of lines that end like on Windows', 'a: 1\r\nb: 2\r\n', 2, 4, [2, 5], '  1 | a: 1\n> 2 | b: 2\n    |    ^\n'],
    ['of a line that is not there', 'a\n', 9, 1, undefined, ''],
    ['past the end of a line', 'ab', 1, 9, undefined, '> 1 | ab\n    |   ^\n'],
  ] as const)('%s', (_, of, line, column, end, shown) => {
    expect(frame(of, line, column, end && [...end])).toBe(shown);
  });

  it('shows a hundred columns around the place in an endless line', () => {
    const [row = '', carets = ''] = frame(`${'a'.repeat(5_000)}X${'b'.repeat(5_000)}`, 1, 5_001, [1, 5_002]).split(
      '\n',
    );
    expect(row).toBe(`> 1 | ${'a'.repeat(50)}X${'b'.repeat(49)}`);
    expect(carets).toBe(`    | ${' '.repeat(50)}^`);
  });

  it('aligns the numbers', () => {
    expect(frame('x\n'.repeat(12), 9, 1)).toBe('   7 | x\n   8 | x\n>  9 | x\n     | ^\n  10 | x\n  11 | x\n');
  });
});

describe('json', () => {
  it('is flat', () => {
    expect(flattenDiagnostics([{ ...note, related: [{ message: 'see', at: place(4, 2) }] }, unknownPlan])).toEqual({
      diagnostics: [
        {
          rule: 'unknown-plan',
          severity: 'error',
          message: 'no plan named proo@1; did you mean pro@1?',
          path,
          line: 2,
          column: 7,
          endLine: 2,
          endColumn: 13,
          help: 'a plan is a file: plans/proo@1.yaml',
        },
        {
          rule: 'a-note',
          severity: 'note',
          message: 'a note',
          path,
          line: 1,
          column: 1,
          related: [{ message: 'see', path, line: 4, column: 2 }],
        },
      ],
    });
  });

  it('ends at a thousand and says how many there are besides', () => {
    const { diagnostics, omitted } = flattenDiagnostics([...Array.from({ length: 1_500 }, () => note), unknownPlan]);
    expect([diagnostics.length, diagnostics[0]?.rule, omitted]).toEqual([1_000, 'unknown-plan', 501]);
  });
});

describe('workflow commands', () => {
  it('name file, place and rule, and escape what would end them', () => {
    expect(formatWorkflowCommands([unknownPlan], { folder: 'terms, all' })).toBe(
      '::error file=terms%2C all/customers/acme.yaml,line=2,col=7,endLine=2,endColumn=12,title=unknown-plan' +
        '::no plan named proo@1; did you mean pro@1?%0Aa plan is a file: plans/proo@1.yaml\n',
    );
    const hostile: Diagnostic = {
      rule: 'r',
      severity: 'note',
      message: '100%\n::add-mask::x',
      at: place(1, 1, 'a:b,c%.yaml'),
    };
    expect(formatWorkflowCommands([hostile, warning])).toBe(
      '::warning file=customers/acme.yaml,line=1,col=1,title=a-warning::a warning\n' +
        '::notice file=a%3Ab%2Cc%25.yaml,line=1,col=1,title=r::100%25\\u000a::add-mask::x\n',
    );
  });

  it('stop at ten of a kind', () => {
    const lines = formatWorkflowCommands([...Array.from({ length: 12 }, () => unknownPlan), note]).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([...Array(10).fill('::error'), '2', '::notice', '']);
    expect(lines[10]).toBe('2 more of severity error; GitHub shows ten');
  });

  it('cannot be given by a result', () => {
    expect(withoutWorkflowCommands('a ::b\n::add-mask::x\n  ::error::y\r::error::z\na ##[group]z\n')).toBe(
      'a ::b\n\\::add-mask::x\n  \\::error::y\r\\::error::z\na #\\#[group]z\n',
    );
  });
});
