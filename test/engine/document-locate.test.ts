import { describe, expect, test } from 'vitest';
import type { Pointer } from '../../engine/document.ts';
import { read } from './read-text.ts';
import { placesByUs, placesByYaml } from './yaml-places.ts';

const CUSTOMER = `# yaml-language-server: $schema=../schemas/generated/customer.schema.json

name: Northwind Traders   # the big one
"plan": 'enterprise@1'
aliases: [NWT, "North, wind", 'it''s']
externalIds: { stripe: cus_Nw9, crm: "0015g", "a b":{"c":1} }
support:
billing: {}
empty: [ ]
quantities:
  seats: 3
contracts:
  - id: C-2026-014
    starts: 2026-04-01
    billing:
      unitPrices: { seats: "84.00" }
      credits:
      - { amount: "1500.00", reason: migration
          delay }
      -
      - # nothing
      - last
    promises: [{ what: review, owner: [a, [b, {c: 1}]] },
      { what: other } # two
      ]
  -
    id: C-2
notes: |  # text | here
  first line
    second

folded: >-
  one
  two
plain: goes
  over lines
quoted: "goes \\
  on"
matrix:
  - - 1
    - 2
  - - 3
tail: here
`;

const DOCUMENTS: readonly [string, string][] = [
  ['a customer', CUSTOMER],
  ['the same with CRLF', CUSTOMER.replaceAll('\n', '\r\n')],
  ['flow from the top', '{ a: 1, "b": [x, {c: ~}],\n  d: { e: [ ] } }'],
  ['JSON', '{\n "a":[1,{"b":"c"}],\n "d":{}\n}\n'],
  ['marked', '# c\n---\n# d\na:\n  b:\n'],
  ['pairs in a list', 'a: [b: 1, "c": [d: 2], {e: 3}]\n'],
  ['wide letters', 'a: "😀"\nb: {ключ: "é", x: 1}\n'],
  ['blocks to the end', 'a:\n  b: |+\n    x\n\n  c: >2\n      y\n    z\n'],
  ['a block without lines', 'a: |\nb: >-\n\nc: 1\nd: |'],
];

test.each(DOCUMENTS)('every value and every key is where the yaml package sees it: %s', (_name, text) => {
  const { document } = read(text);
  const seen = placesByYaml(text);
  expect(seen.length).toBeGreaterThan(2);
  expect(document && placesByUs(document, seen)).toEqual(seen);
});

describe('what does not exist is placed at what should hold it', () => {
  const { document } = read(
    '# c\nname: x\ncontracts:\n  - id: C-1\n    billing:\n      interval: year\n  - {}\n  - text\nlist: []\n',
  );
  const at = (pointer: Pointer, what?: 'key' | 'value') => {
    const { start, end } = document?.locate(pointer, what) ?? {};
    return `${start?.line}:${start?.column}-${end?.line}:${end?.column}`;
  };

  test.each<[Pointer, string]>([
    [['plan'], '2:1-2:5'],
    [['plan', 'deeper', 3], '2:1-2:5'],
    [['contracts', 7], '3:1-3:10'],
    [['contracts', 0, 'ends'], '4:5-4:7'],
    [['contracts', 0, 'billing', 'discount', 'until'], '5:5-5:12'],
    [['contracts', 0, 'billing', 'interval', 'deeper'], '6:7-6:15'],
    [['contracts', 1, 'id'], '7:5-7:7'],
    [['contracts', 2, 'id'], '8:5-8:9'],
    [['list', 0], '9:1-9:5'],
    [['constructor'], '2:1-2:5'],
    [['name', 'length'], '2:1-2:5'],
  ])('%j', (pointer, place) => {
    expect(at(pointer)).toBe(place);
    expect(at(pointer, 'key')).toBe(place);
  });

  test('the key of a list item is its first key', () => {
    expect(at(['contracts', 0], 'key')).toBe('4:5-4:7');
    expect(at(['contracts', 2], 'key')).toBe('8:5-8:9');
    expect(at([], 'key')).toBe('2:1-2:5');
    expect(at(['contracts', '0', 'id'])).toBe('4:9-4:12');
  });
});
