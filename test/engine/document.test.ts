import { describe, expect, test } from 'vitest';
import { faults, read } from './read-text.ts';

describe('what is accepted', () => {
  test.each<[string, string, unknown]>([
    ['block mapping', 'a: 1\nb: x\n', { a: 1, b: 'x' }],
    ['no final line end', 'a: 1\nb: x', { a: 1, b: 'x' }],
    ['CRLF', 'a: 1\r\nb: "x\r\n  y"\r\nc: |\r\n  t\r\n', { a: 1, b: 'x y', c: 't\n' }],
    ['a comment first', '# yaml-language-server: $schema=x\n\na: 1 # c\n', { a: 1 }],
    ['an opening marker', '# c\n--- # c\na: 1\n', { a: 1 }],
    ['flow mapping', '{ a: 1, "b": [x, y], c: {} }\n', { a: 1, b: ['x', 'y'], c: {} }],
    ['JSON', '{"a":1,"b":[true,null,"x"],"c":{"d":-2.5}}\n', { a: 1, b: [true, null, 'x'], c: { d: -2.5 } }],
    ['flow over lines', 'a: {\n  b: 1, # c\n  c: [x,\n    y ] }\n', { a: { b: 1, c: ['x', 'y'] } }],
    ['trailing comma', 'a: [x, y, ]\n', { a: ['x', 'y'] }],
    ['block list', 'a:\n  - x\n  - y\n', { a: ['x', 'y'] }],
    ['list at its key', 'a:\n- x\n- y\n', { a: ['x', 'y'] }],
    ['list of mappings', 'a:\n  - b: 1\n    c: 2\n  - b: 3\n', { a: [{ b: 1, c: 2 }, { b: 3 }] }],
    ['list of lists', 'a:\n  - - x\n    - y\n', { a: [['x', 'y']] }],
    ['empty values', 'a:\nb:\n  -\n  - \nc: ""\n', { a: null, b: [null, null], c: '' }],
    ['quoted', `a: "x \\"y\\" \\u00e9 \\x41 \\t\\n"\nb: 'it''s'\n`, { a: 'x "y" é A \t\n', b: "it's" }],
    ['a pair of escaped halves', 'a: "\\ud83d\\ude00"\n', { a: '😀' }],
    ['a long escape', 'a: "\\U0001F600"\n', { a: '😀' }],
    ['an escaped line end', 'a: "x\\\n  y"\n', { a: 'xy' }],
    ['quoted over lines', "a: 'x\n  y\n\n  z'\n", { a: 'x y\nz' }],
    ['plain over lines', 'a: x\n  y\n', { a: 'x y' }],
    ['literal', 'a: |\n  x\n    y\n\nb: 1\n', { a: 'x\n  y\n', b: 1 }],
    ['literal, stripped', 'a: |-\n  x\n', { a: 'x' }],
    ['literal, kept', 'a: |+\n  x\n\n', { a: 'x\n\n' }],
    ['literal, indented', 'a: |2\n    x\n', { a: '  x\n' }],
    ['blank lines below a block', 'a: |\n  x\n  \n \nb: |\r\n  y \r\n  \r\n', { a: 'x\n', b: 'y \n' }],
    ['folded', 'a: >-\n  x\n  y\n\n  z\n', { a: 'x y\nz' }],
    ['a tab in text and a block', 'a: x\ty\nb: |\n  \tmake\n', { a: 'x\ty', b: '\tmake\n' }],
    ['a tab behind a colon and before a comment', 'a:\tx\t# c\n', { a: 'x' }],
    [
      'keys are text',
      '1: a\n1.0: b\ntrue: c\nnull: d\n~: e\n0x1: f\n2026-01-01: g\n',
      {
        '1': 'a',
        '1.0': 'b',
        true: 'c',
        null: 'd',
        '~': 'e',
        '0x1': 'f',
        '2026-01-01': 'g',
      },
    ],
    ['quoted keys', '"a b": 1\n\'c: d\': 2\n"\\x65": 3\n', { 'a b': 1, 'c: d': 2, e: 3 }],
    ['keys with dots', 'constructor.prototype.x: 1\n', { 'constructor.prototype.x': 1 }],
    ['the same key in two mappings', 'a: { x: 1 }\nb: { x: 2 }\n', { a: { x: 1 }, b: { x: 2 } }],
    ['a pair in a flow list', 'a: [b: 1]\n', { a: [{ b: 1 }] }],
    [
      'lookalikes of markers',
      'a: --- x\nb: ...\nc: "<<<<<<< x"\nd: |\n  =======\n  <<<<<<< x\n',
      {
        a: '--- x',
        b: '...',
        c: '<<<<<<< x',
        d: '=======\n<<<<<<< x\n',
      },
    ],
    ['32 levels', `a: ${'['.repeat(31)}1${']'.repeat(31)}`, { a: nest(31) }],
  ])('%s', (_name, content, data) => {
    const { document, diagnostics } = read(content);
    expect(diagnostics).toEqual([]);
    expect(document?.data).toEqual(data);
  });

  test('a byte order mark changes nothing, not even columns', () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('name: 014\n')]);
    expect(faults(bytes)).toEqual(['1:7 unclear-number']);
    const good = read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('name: x\n')]));
    expect(good.document?.data).toEqual({ name: 'x' });
    expect(good.document?.locate(['name'], 'key').start).toEqual({ line: 1, column: 1 });
  });

  test('bytes are read where they lie in a shared buffer', () => {
    const shared = Buffer.from('xxxxname: acmeyyyy');
    expect(read(shared.subarray(4, 14)).document?.data).toEqual({ name: 'acme' });
    expect(read(new Uint8Array(Buffer.from('a: 1'))).document?.data).toEqual({ a: 1 });
  });

  test('256 kB are read, one byte more is not', () => {
    const full = `a: 1\n#${'x'.repeat(256 * 1024 - 6)}`;
    expect(read(full).document?.data).toEqual({ a: 1 });
    expect(faults(`${full}x`)).toEqual(['1:1 file-too-large']);
  });
});

function nest(levels: number): unknown {
  return levels === 0 ? 1 : [nest(levels - 1)];
}

describe('no key changes a prototype', () => {
  const names = [
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'isPrototypeOf',
    '__defineGetter__',
  ];
  test.each(names)('%s is an ordinary own key', (name) => {
    const { data } = read(`${name}: { admin: true }\nset: { ${name}: 1 }\n`).document ?? {};
    expect(Object.keys(data as object)).toEqual([name, 'set']);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(faults(`${name}: 1\n${name}: 2\n`)).toEqual(['2:1 duplicate-key']);
  });

  test.each([
    ['__proto__: { admin: true }', '1:1 unknown-key'],
    ['"__proto__": 1', '1:2 unknown-key'],
    ['"\\x5f_proto__": 1', '1:2 unknown-key'],
    ['set: { __proto__: { admin: true } }', '1:8 unknown-key'],
    ['a: [{ b: 1, __proto__: 2 }]', '1:13 unknown-key'],
  ])('%s', (content, fault) => {
    expect(faults(content)).toEqual([fault]);
    expect(read(content).diagnostics[0]?.message).toBe('unknown key __proto__');
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});

describe('bytes', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

  test.each<[string, Uint8Array, string]>([
    ['UTF-16, little endian', bytes([0xff, 0xfe], [...Buffer.from('a: 1', 'utf16le')]), '1:1 not-utf8'],
    ['UTF-16, big endian', bytes([0xfe, 0xff, 0, 0x61]), '1:1 not-utf8'],
    ['Latin-1', bytes('a: 1\nname: Caf', [0xe9], ' GmbH\n'), '2:10 not-utf8'],
    ['cut at the end', bytes('a: caf', [0xc3]), '1:7 not-utf8'],
    ['cut in the middle', bytes('a: x', [0xe2, 0x82], 'y\n'), '1:5 not-utf8'],
    ['a surrogate as bytes', bytes('a: ', [0xed, 0xa0, 0x80], '\n'), '1:4 not-utf8'],
    ['an overlong slash', bytes('a: ', [0xc0, 0xaf], '\n'), '1:4 not-utf8'],
    ['beyond Unicode', bytes('a: ', [0xf4, 0x90, 0x80, 0x80], '\n'), '1:4 not-utf8'],
    ['behind a real U+FFFD', bytes('a: \ufffd\nb: \ufffd', [0xff], '\n'), '2:5 not-utf8'],
    ['behind a BOM', bytes([0xef, 0xbb, 0xbf], 'a: ', [0xff]), '1:4 not-utf8'],
  ])('%s', (_name, content, fault) => {
    expect(faults(content)).toEqual([fault]);
  });

  test('UTF-16 is named', () => {
    expect(read(Buffer.from([0xff, 0xfe, 0x61, 0])).diagnostics[0]?.message).toContain('UTF-16');
  });

  test('U+FFFD that stands in the file is text', () => {
    expect(read('a: \ufffd\n').document?.data).toEqual({ a: '\ufffd' });
  });
});
