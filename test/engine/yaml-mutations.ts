/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const CUSTOMER = `# yaml-language-server: $schema=../schemas/generated/customer.schema.json
name: Northwind Traders
plan: starter@1
quantities: { seats: 3 }
billing: { method: invoice }
contracts:
  - id: C-2026-014
    starts: 2026-04-01
    renewal: { kind: manual, noticeDays: 60, maxIncreasePercent: "3" }
    billing:
      unitPrices: { seats: "84.00" }
      credits: [{ amount: "1500.00", on: 2026-04-01, reason: migration delay }]
    amendments:
      - { on: 2026-08-15, quantities: { seats: 120 }, because: new office }
exceptions:
  - id: EX-0031
    need: Managers must confirm refunds above $500.   # the outcome
    demand: [globex, initech]
    set: { refundApprovalAbove: 500, ratio: 2.5, on: true, off: ~ }
`;

/** Every construct the subset has, and some that it has not. */
export const SEEDS: readonly string[] = [
  CUSTOMER,
  CUSTOMER.replaceAll('\n', '\r\n'),
  'a: "x \\"y\\" \\u00e9 \\x41 \\t"\nb: >-\n  folded text\n  more\n\n    indented\n  end\nc: |2\n    two\n  x\nd: \'it\'\'s\'\n',
  "list:\n- a\n- - b\n  - c: 1\n    d: [1, 2.5, {e: f, \"g\": 'h''i'}]\n-\n- ~\n",
  "multi: plain text\n  continues here\n\n  and: not\nq: 'single\n  quoted\n\n  para'\nempty:\n",
  'a: {\n  b: 1, # c\n  c: [ x,\n    y ]\n  }\nd: "x\\\n  y"\n',
  '{"a":1,"b":[true,null,"x"],"c":{"d":-2.5,"e":{}}}',
  'k: |+\n  kept\n\n\nl: >\n\n  x\n y: 1\nm: |-\n  z\n',
  '---\n# c\na:\n  - b: [c: 1, "d": 2]\n    e:\n      - f\n      -\n  - {g: h}\n',
  'base: &b\n  seats: 9\nother: *b\n<<: *b\nt: !!str 1\n? [k]\n: v\n',
  '%YAML 1.2\n---\na: 1\n...\n---\nb: 2\n',
  '? key\n: - one\n  - two\n? other\n',
  'foo: "bar\n  \tbaz"\n  \t\nbar: x\n  \ty\n',
];

const CHARACTERS = '\n \t:-?,[]{}"\'|>&*!%@`#~=01+._\\<é\0';

const PIECES: readonly string[] = [
  ...CHARACTERS,
  '\n  ',
  '  ',
  ': ',
  '- ',
  '? ',
  ' #',
  '|\n',
  '>-\n',
  '&a ',
  '*a',
  '!!str ',
  'null',
  'true',
  'True',
  '014',
  '.5',
  '1e3',
  '-0',
  '0x1',
  '---\n',
  '...\n',
  '\r',
  '\r\n',
  '\\n',
  '\\u00',
  '\\x41',
  '\u00a0',
  '\ufeff',
  '😀',
  '<<',
  '<<<<<<<',
  '__proto__',
  'a: b',
  ', c',
  '\u2028',
  '\u202e',
  '\ud800',
  '"\n',
  ' \n',
  '\t\n',
  '{a: ',
  '[b, ',
];

/** One to three small accidents: characters typed, lost or pasted, lines moved, indented, joined or cut. */
export function mutate(text: string, random: () => number): string {
  const below = (count: number) => Math.floor(random() * count);
  const pick = (from: readonly string[]) => from[below(from.length)] ?? '';
  let mutated = text;
  for (let accidents = 1 + below(3); accidents > 0; accidents--) {
    const at = below(mutated.length + 1);
    const lines = mutated.split('\n');
    const line = below(lines.length);
    switch (below(9)) {
      case 0:
        mutated = mutated.slice(0, at) + pick(PIECES) + mutated.slice(at);
        break;
      case 1:
        mutated = mutated.slice(0, at) + mutated.slice(at + 1 + below(3));
        break;
      case 2:
        mutated = mutated.slice(0, at) + pick(PIECES) + mutated.slice(at + 1);
        break;
      case 3:
        mutated = lines.toSpliced(line, 0, pick(lines)).join('\n');
        break;
      case 4:
        mutated = lines.toSpliced(line, 1).join('\n');
        break;
      case 5:
        mutated = lines.with(line, ' '.repeat(1 + below(3)) + lines[line]).join('\n');
        break;
      case 6:
        mutated = lines.with(line, (lines[line] ?? '').slice(1 + below(2))).join('\n');
        break;
      case 7: {
        const other = pick(SEEDS);
        const from = below(other.length);
        mutated = mutated.slice(0, at) + other.slice(from, from + below(40)) + mutated.slice(at);
        break;
      }
      default:
        mutated = mutated.slice(0, at);
    }
  }
  return mutated;
}
