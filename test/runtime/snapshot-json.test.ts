import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import { encodeObject, sha256 } from '../../runtime/snapshot/object.ts';

describe('canonical JSON', () => {
  test.each<[unknown, string]>([
    [null, 'null'],
    [true, 'true'],
    [0, '0'],
    [-0, '0'],
    [0.1, '0.1'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [9007199254740991, '9007199254740991'],
    ['', '""'],
    ['"\\\n\u0001/', '"\\"\\\\\\n\\u0001/"'],
    ['\u00e9\u{1f600}', '"\u00e9\u{1f600}"'],
    ['\ud800', '"\\ud800"'],
    [[], '[]'],
    [{}, '{}'],
    [[1, [2, []], {}], '[1,[2,[]],{}]'],
    [{ b: 1, a: 2, B: 3, '': 4 }, '{"":4,"B":3,"a":2,"b":1}'],
    [{ 10: 'x', 9: 'y', a: 'z', '-1': 'w' }, '{"-1":"w","10":"x","9":"y","a":"z"}'],
    [{ '\u{1f600}': 1, '\uffff': 2, '\u00e9': 3 }, '{"\u00e9":3,"\u{1f600}":1,"\uffff":2}'],
    [{ gone: undefined, kept: null }, '{"kept":null}'],
    [JSON.parse('{"__proto__":1,"constructor":2}'), '{"__proto__":1,"constructor":2}'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])('writes %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', { deep: [Number.POSITIVE_INFINITY] }],
    ['undefined', undefined],
    ['undefined in a list', [1, undefined]],
    ['a date', { on: new Date(0) }],
    ['a map', new Map()],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('reads back as the value, whatever the order of keys', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, shuffled(each)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(shuffled(value))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an object', () => {
  test('is named by the sha256 of its UTF-8 bytes', () => {
    const { ref, bytes } = encodeObject({ customer: 'h\u00e9lo', seats: 3 });
    expect(Buffer.from(bytes).toString()).toBe('{"customer":"h\u00e9lo","seats":3}');
    expect(ref).toEqual({ hash: '5fc00acec3fbfe8e25ced7dd4dd10e1f97be237a935e65c035dd2ee8c4ac9e46', size: 30 });
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('is at most a megabyte', () => {
    expect(encodeObject('x'.repeat(1_048_574)).ref.size).toBe(1_048_576);
    expect(() => encodeObject('x'.repeat(1_048_575))).toThrow(RangeError);
  });
});
