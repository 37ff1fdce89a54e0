import { describe, expect, test } from 'vitest';
import { faults, read } from './read-text.ts';

describe('what is refused, and where', () => {
  const rows: [name: string, content: string, ...faults: string[]][] = [
    ['an anchor', 'a: &x 1\n', '1:4 yaml-anchor'],
    ['an anchor on a mapping', 'a: &x\n  b: 1\n', '1:4 yaml-anchor'],
    ['an anchor on a key', '&x a: 1\n', '1:1 yaml-anchor'],
    ['an anchor in a list', 'a:\n  - &x b\n', '2:5 yaml-anchor'],
    ['an anchor of nothing', 'a: &x\n', '1:4 yaml-anchor'],
    ['an anchor without a name', 'a: & b\n', '1:4 yaml-anchor'],
    ['an alias', 'a: 1\nb: *a\n', '2:4 yaml-alias'],
    ['an alias as a key', '*a : 1\n', '1:1 yaml-alias'],
    ['an alias in a flow list', 'b: [*a, *a]\n', '1:5 yaml-alias', '1:9 yaml-alias'],
    ['an alias without a name', 'a: 1\nb: *\n', '2:4 yaml-alias'],
    [
      'a bomb of aliases',
      'a: &a [x]\nb: &b [*a, *a]\n',
      '1:4 yaml-anchor',
      '2:4 yaml-anchor',
      '2:8 yaml-alias',
      '2:12 yaml-alias',
    ],
    ['an alias of itself', 'a: &a [*a]\n', '1:4 yaml-anchor', '1:8 yaml-alias'],
    ['a tag', 'a: !!str 1\n', '1:4 yaml-tag'],
    ['a tag of one’s own', 'a: !x 1\n', '1:4 yaml-tag'],
    ['the empty tag', 'a: ! 1\n', '1:4 yaml-tag'],
    ['a verbatim tag', 'a: !<tag:yaml.org,2002:int> "1"\n', '1:4 yaml-tag'],
    ['a tag on a key', '!!str a: 1\n', '1:1 yaml-tag'],
    ['a tag on a list', 'a: !!omap [{a: 1}]\n', '1:4 yaml-tag'],
    ['a tag that runs code', 'a: !!js/function "x"\n', '1:4 yaml-tag'],
    ['a tag nobody declared', 'a: !x!y 1\n', '1:4 yaml-tag'],
    ['a directive', '%YAML 1.1\n---\na: no\n', '1:1 yaml-directive'],
    ['a directive behind a comment', '# c\n%YAML 1.2\n---\na: 1\n', '2:1 yaml-directive'],
    ['a tag directive', '%TAG ! !x\n---\na: 1\n', '1:1 yaml-directive'],
    ['an unknown directive', '%FOO\n---\na: 1\n', '1:1 yaml-directive'],
    ['another YAML', '%YAML 2.0\n---\na: 1\n', '1:1 yaml-directive'],
    ['a directive without a document', '%YAML 1.2\n', '1:1 yaml-directive'],
    ['a directive below content', 'a: 1\n%YAML 1.1\n', '2:1 yaml-directive'],
    ['two documents', 'a: 1\n---\nb: 2\n', '2:1 several-documents'],
    ['two marked documents', '---\na: 1\n---\nb: 2\n', '3:1 several-documents'],
    ['an empty second document', 'a: 1\n---\n', '2:1 several-documents'],
    ['an end marker', 'a: 1\n...\n', '2:1 several-documents'],
    ['an end marker first', '...\na: 1\n', '1:1 several-documents'],
    ['a document behind an end marker', 'a: 1\n...\nb: 2\n', '2:1 several-documents'],
    ['content on the marker', '--- {a: 1}\n', '1:1 several-documents'],
    ['an indented marker', '  ---\na: 1\n', '1:3 several-documents'],
    ['a merge key', 'a: 1\n<<: { b: 1 }\n', '2:1 merge-key'],
    ['a quoted merge key', '"<<": { b: 1 }\n', '1:2 merge-key'],
    ['a merge key with an alias', 'a: 1\n<<: *a\n', '2:1 merge-key', '2:5 yaml-alias'],
    ['a key twice', 'plan: a\nplan: b\n', '2:1 duplicate-key'],
    ['a key three times', 'a: 1\na: 1\na: 1\n', '2:1 duplicate-key', '3:1 duplicate-key'],
    ['a quoted key twice', 'plan: a\n"plan": b\n', '2:1 duplicate-key'],
    ['an escaped key twice', 'plan: a\n"\\x70lan": b\n', '2:1 duplicate-key'],
    ['a key twice in brackets', 'a: { x: 1, x: 2 }\n', '1:12 duplicate-key'],
    ['a key twice in a list', 'a:\n  - x: 1\n    y: 2\n    x: 3\n', '4:5 duplicate-key'],
    ['a key twice, once empty', 'a:\na: 1\n', '2:1 duplicate-key'],
    ['a number key twice', '1: a\n"1": b\n', '2:1 duplicate-key'],
    ['an empty key', 'a: 1\n: x\n', '2:1 key-not-text'],
    ['an empty quoted key', '"": x\n', '1:1 key-not-text'],
    ['an empty key in brackets', 'a: { : x }\n', '1:6 key-not-text'],
    ['a list as key', 'a: 1\n? [a, b]\n: 1\n', '2:3 key-not-text'],
    ['a mapping as key', '{ {a: 1}: 2 }\n', '1:3 key-not-text'],
    ['a template that is no text', 'a: {{ x }}\n', '1:5 key-not-text', '1:7 missing-value'],
    ['a marked key', '? a\n: 1\n', '1:3 key-not-text'],
    ['a block as key', '? |\n  a\n: 1\n', '2:1 key-not-text'],
    ['a key over two lines', '{ "a\n  b": 1 }\n', '1:4 key-not-text'],
    ['a plain key over two lines', '{ a\n  b: 1 }\n', '1:3 key-not-text'],
    ['a key behind a value', 'a:\n- "x"b: 1\n', '2:6 key-not-text'],
    ['a key without a value', 'a: { b, c: 1 }\n', '1:6 missing-value'],
    ['a colon without a value', 'a: { b: , c: 1 }\n', '1:6 missing-value'],
    ['a comma in a number', 'set: { seats: 1,000 }\n', '1:17 missing-value'],
    ['a colon without a space in brackets', 'a: { b:1 }\n', '1:6 missing-value'],
    ['a colon at its value and not at its key', 'a: { "b" :1 }\n', '1:10 yaml-syntax'],
    ['a file of one text', 'acme\n', '1:1 not-a-mapping'],
    ['a file of one list', '# c\n\n- a\n', '3:1 not-a-mapping'],
    ['a file of one number', '42\n', '1:1 not-a-mapping'],
    ['a file of null', '~\n', '1:1 not-a-mapping'],
    ['a file of one flow list', '[a]\n', '1:1 not-a-mapping'],
    ['an empty file', '', '1:1 empty-file'],
    ['a file of spaces', '  \n\n', '1:1 empty-file'],
    ['a file of comments', '# todo\n', '1:1 empty-file'],
    ['a file of a marker', '---\n', '1:1 empty-file'],
    ['conflict markers first', '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> topic\n', '1:1 merge-conflict'],
    [
      'conflict markers',
      'b: 1\n<<<<<<< HEAD\na: 1\n||||||| base\na: 0\n=======\na: 2\n>>>>>>> topic\n',
      '2:1 merge-conflict',
    ],
    ['half a conflict', 'a: 1\n=======\na: 2\n', '2:1 merge-conflict'],
    ['the end of a conflict', 'a: 1\n>>>>>>> topic\n', '2:1 merge-conflict'],
    ['a conflict inside brackets', '{ a: x\n<<<<<<< HEAD\n, b: y }\n', '2:1 merge-conflict'],
    ['a conflict with CRLF', 'a: 1\r\n<<<<<<< HEAD\r\nb: 1\r\n', '2:1 merge-conflict'],
    ['33 levels of lists', `a: ${'['.repeat(32)}${']'.repeat(32)}\n`, '1:35 nesting-too-deep'],
    [
      '33 levels of mappings',
      `${Array.from({ length: 33 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')}${' '.repeat(33)}b: 1\n`,
      '33:33 nesting-too-deep',
    ],
    ['pairs hide no levels', `a: ${'[b: '.repeat(20)}1${']'.repeat(20)}\n`, '1:65 nesting-too-deep'],
    ['10,000 brackets', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, '1:36 nesting-too-deep'],
    ['100,000 brackets', `a: 1\nb: ${'['.repeat(100_000)}\n`, '2:36 nesting-too-deep'],
    ['5,000 open mappings', `a: ${'{a: '.repeat(5000)}\n`, '1:129 nesting-too-deep'],
    ['3,000 dashes', `a:\n  ${'- '.repeat(3000)}\n`, '2:67 nesting-too-deep'],
    ['a NUL', 'a: x\0y\n', '1:5 control-character'],
    ['an escape character', 'a: \x1b[2J\n', '1:4 control-character'],
    ['a control character in a comment', 'a: 1 # \x07\n', '1:8 control-character'],
    ['a control character in a key', 'a\x01b: 1\n', '1:2 control-character'],
    ['a control character in a block', 'a: |\n  x\x0by\n', '2:4 control-character'],
    ['delete', 'a: \x7f\n', '1:4 control-character'],
    ['C1', 'a: x\x9b31m\n', '1:5 control-character'],
    ['next line', 'a: x\x85b: 1\n', '1:5 control-character'],
    ['line separator', 'a: x\u2028b: 1\n', '1:5 control-character'],
    ['paragraph separator', 'a: x\u2029b: 1\n', '1:5 control-character'],
    ['a lone CR', 'a: 1 # c\rb: 2\n', '1:9 control-character'],
    ['CR twice', 'a: 1\r\r\n', '1:5 control-character'],
    ['a BOM inside', 'a: 1\n\ufeffb: 2\n', '2:1 control-character'],
    ['a noncharacter', 'a: \uffff\n', '1:4 control-character'],
    ['two of them', 'a: \x01\nb: \x02\n', '1:4 control-character', '2:4 control-character'],
    [
      'right-to-left override',
      'a: "x \u202egpj.exe\u202c"\n',
      '1:7 bidirectional-control',
      '1:15 bidirectional-control',
    ],
    ['right-to-left isolate in a comment', '# \u2067\na: 1\n', '1:3 bidirectional-control'],
    ['left-to-right mark', 'a: x\u200e\n', '1:5 bidirectional-control'],
    ['Arabic letter mark', 'a: \u061c\n', '1:4 bidirectional-control'],
    ['NUL as an escape', 'a: "x\\0"\n', '1:6 control-character'],
    ['ANSI as an escape', 'a: "\\e[2J\\x1b[31m"\n', '1:5 control-character', '1:10 control-character'],
    [
      'bell, backspace, tabs, feeds',
      'a: "\\a\\b\\v\\f\\r"\n',
      '1:5 control-character',
      '1:7 control-character',
      '1:9 control-character',
      '1:11 control-character',
      '1:13 control-character',
    ],
    [
      'line ends of others as escapes',
      'a: "\\N\\L\\P"\n',
      '1:5 control-character',
      '1:7 control-character',
      '1:9 control-character',
    ],
    ['a bidirectional escape', 'a: "\\u202e"\n', '1:5 bidirectional-control'],
    ['a BOM as an escape', 'a: "\\ufeff"\n', '1:5 control-character'],
    ['an escape in a key', '"a\\0": 1\n', '1:3 control-character'],
    ['an escape in a key twice', '"a\\e": 1\n"a\\e": 2\n', '1:3 control-character', '2:3 control-character'],
    ['a high half', 'a: "A\\uD800B"\n', '1:6 lone-surrogate'],
    ['a low half', 'a: "A\\uDC00B"\n', '1:6 lone-surrogate'],
    ['two high halves', 'a: "\\ud83d\\ud83d\\ude00"\n', '1:5 lone-surrogate'],
    ['halves apart', 'a: "\\ud83d \\ude00"\n', '1:5 lone-surrogate', '1:12 lone-surrogate'],
    ['halves the wrong way round', 'a: "\\ude00\\ud83d"\n', '1:5 lone-surrogate', '1:11 lone-surrogate'],
    ['no character at all', 'a: "\\U00110000"\n', '1:5 control-character'],
    ['an escape that overflows', 'a: "\\UFFFFFFFF"\n', '1:5 control-character'],
    ['an empty line behind a backslash', 'a: "x\\\n\n  y"\n', '1:6 yaml-syntax'],
    ['tab indentation', 'a:\n\t- b\n', '2:1 tab-indentation'],
    ['tab behind spaces', 'a:\n  \tb: 1\n', '2:3 tab-indentation'],
    ['tab before a key', 'a: 1\n\tb: 2\n', '2:1 tab-indentation'],
    ['tab in brackets', 'a: [\n\tb ]\n', '2:1 tab-indentation'],
    ['tab in a text over lines', 'a: x\n \ty\n', '2:2 tab-indentation'],
    ['tab in a quoted text over lines', 'a: "x\n \ty"\n', '2:2 tab-indentation'],
    ['tab before a block', 'a: >\n\tb\n', '2:1 tab-indentation'],
    ['tab on an empty line', 'a:\n\t\nb: 1\n', '2:1 tab-indentation'],
    ['no-break indentation', 'a:\n\u00a0\u00a0- b\n', '2:1 bad-indentation'],
    ['no-break indentation, more below', 'a:\n\u00a0\u00a0- b\nc: 1\n', '2:1 bad-indentation'],
    ['no-break indentation of a key', 'a:\n \u00a0b: 1\n', '2:2 bad-indentation'],
    ['an ideographic space', 'a:\n  - \u3000b\n', '2:5 bad-indentation'],
    ['a no-break space behind a colon', 'b: 1\na:\u00a0x\nc: 1\n', '2:2 yaml-syntax'],
    ['spaces that may be text', 'a: |\n  x\n   ', '3:1 bad-indentation'],
    ['a block of spaces', 'a: |2\n  \n    \nb: 1\n', '3:1 bad-indentation'],
    ['a block that ends with spaces', 'a: |\n  x\n\n   \n\nb: 1\n', '4:1 bad-indentation'],
    ['an unclosed double quote', 'a: "never closed\nmore: 1\n', '1:4 unclosed-quote'],
    ['an unclosed single quote', "b: 1\na: 'never closed\nmore: 1\n", '2:4 unclosed-quote'],
    ['an unclosed quote at the end', 'a: 1\nb: "x', '2:4 unclosed-quote'],
    ['an unclosed quote that a later one closes', 'a:\n  b: "never closed\n    c: "x"\n', '2:6 unclosed-quote'],
    ['an unclosed quoted key', 'a: 1\n"b: 2\nc: 3\n', '2:1 unclosed-quote'],
    ['an unclosed quote far from the end', `a: "x\n${'  y\n'.repeat(5000)}`, '1:4 unclosed-quote'],
    ['an unclosed quote in brackets', 'a: [b, "c]\nd: 1\n', '1:8 unclosed-quote'],
    ['an escaped quote closes nothing', 'a: "x\\"\nb: 1\n', '1:4 unclosed-quote'],
    ['an unclosed bracket', 'a: [1, 2\nb: 1\n', '1:4 unclosed-bracket'],
    ['an unclosed brace', 'a: { x: 1\nb: 2\n', '1:4 unclosed-bracket'],
    ['an unclosed bracket at the end', 'b: 1\na: [1, 2', '2:4 unclosed-bracket'],
    ['an unclosed inner bracket', 'a: { x: [1 }\n', '1:9 unclosed-bracket'],
    ['an unclosed file', '{ a: 1\n', '1:1 unclosed-bracket'],
    ['a bracket in quotes opens nothing', 'a: ["[", b\nc: 1\n', '1:4 unclosed-bracket'],
    ['a bracket in a comment opens nothing', 'a: [b, # [\n  c\nd: 1\n', '1:4 unclosed-bracket'],
    ['a closing bracket below its key', 'a: [\n  1\n]\n', '3:1 bad-indentation'],
    ['a missing comma', 'a: { x: 1 y: 2 }\n', '1:12 yaml-syntax'],
    ['two commas', 'a: [b, , c]\n', '1:8 yaml-syntax'],
    ['a bracket too many', 'a: {b: 1}}\n', '1:10 yaml-syntax'],
    ['text behind brackets', 'a: [b] c\n', '1:8 yaml-syntax'],
    ['text behind a quote', 'a: "x" y\n', '1:8 yaml-syntax'],
    ['a quote in a quote', "a: 'it's'\n", '1:8 yaml-syntax'],
    ['indented below a value', 'a: 1\nplan: x\n b: y\n', '3:2 bad-indentation'],
    ['out of line', 'a:\n  b: 1\n c: 2\n', '3:2 bad-indentation'],
    ['out of line with a list', 'a:\n  - b\n c: 2\n', '3:2 bad-indentation'],
    ['a list item among keys', 'a: 1\n- b\n', '2:1 bad-indentation'],
    ['a second colon', 'need: Note: this\n', '1:11 yaml-syntax'],
    ['a mention', 'b: 1\na: @jo\n', '2:4 yaml-syntax'],
    ['a backtick', 'a: `x`\n', '1:4 yaml-syntax'],
    ['a percent sign', 'a: %x\n', '1:4 yaml-syntax'],
    ['a list on the line of its key', 'a: - b\n', '1:4 yaml-syntax'],
    ['a dash alone', 'a: -\n', '1:4 yaml-syntax'],
    ['no colon', 'a: 1\nplan enterprise@1\nb: 2\n', '2:1 yaml-syntax'],
    ['no colon at the end', 'a: 1\nplan enterprise@1\n', '2:1 yaml-syntax'],
    ['no colon at the begin', 'plan enterprise@1\nb: 2\n', '1:1 yaml-syntax'],
    ['no space behind the colon', 'a: 1\nplan:enterprise@1\nb: 2\n', '2:5 yaml-syntax'],
    ['text on the line of a block', 'a: | x\n  y\n', '1:6 yaml-syntax'],
    ['an unknown escape', 'a: "\\q"\n', '1:5 yaml-syntax'],
    ['half an escape', 'a: "\\xZZ"\n', '1:5 yaml-syntax'],
  ];
  test.each(rows)('%s', (_name, content, ...expected) => {
    const { document, diagnostics } = read(content);
    expect(document).toBeUndefined();
    expect(faults(content)).toEqual(expected);
    for (const { severity, message, help, at } of diagnostics) {
      expect(severity).toBe('error');
      expect(at.path).toBe('customers/acme.yaml');
      expect(message).toMatch(/^[^A-Z].*[^.]$/);
      expect(help).toMatch(/^[a-z].*[^.]$/);
    }
  });

  test('columns count UTF-16 units, in a line with CRLF before it too', () => {
    expect(faults('a: "😀é"\r\nb: {x: "😀", y: 014}\r\n')).toEqual(['2:17 unclear-number']);
  });

  test('a key written twice names its first place', () => {
    const [problem] = read('plan: a\nname: x\n"plan": b\n').diagnostics;
    expect(problem).toEqual({
      rule: 'duplicate-key',
      severity: 'error',
      message: 'the key plan is here twice',
      at: { path: 'customers/acme.yaml', start: { line: 3, column: 1 }, end: { line: 3, column: 7 } },
      help: 'keep one of the two',
      related: [
        {
          message: 'plan stands here first',
          at: { path: 'customers/acme.yaml', start: { line: 1, column: 1 }, end: { line: 1, column: 5 } },
        },
      ],
    });
  });

  test('what was written comes back short, and never as half a character', () => {
    const long = `${'😀'.repeat(50)}`;
    const messages = [`${long}: 1\n${long}: 2\n`, `a: { b${long} }\n`, `a: ${'0'.repeat(99)}\n`, 'a: "\\😀"\n'].flatMap(
      (content) => read(content).diagnostics.map(({ message }) => message),
    );
    expect(messages).toHaveLength(4);
    for (const message of messages) {
      expect(message.length).toBeLessThan(160);
      expect(encodeURIComponent(message)).toContain('%');
    }
  });

  test('the first 20 problems are told', () => {
    const many = Array.from({ length: 50 }, (_, i) => `k${i}: 0${i}`).join('\n');
    expect(faults(many)).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1}:${i < 10 ? 5 : 6} unclear-number`));
    expect(faults('a: "' + '\\0'.repeat(500) + '"')).toHaveLength(20);
    expect(faults('\x01'.repeat(500))).toHaveLength(20);
    expect(faults('a:\n' + '\t\n'.repeat(500))).toHaveLength(20);
  });
});
