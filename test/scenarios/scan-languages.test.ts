import { describe, expect, it } from 'vitest';
import { product, scan } from './scanned-product.ts';

/** A file, and each literal in it that must be found, in order; where it stands is counted here, by its marks «». */
const files: readonly [name: string, text: string][] = [
  [
    'src/Card.vue',
    `<template>
  <b v-if="account.slug === «'lumora'»" :class="{ big: account.id === «'zephyra'» }">{{ account.slug === «'zephyra'» ? 1 : 2 }}</b>
</template>
<script setup lang="ts">
const isBig = account.slug === «'zephyra'»;
</script>
`,
  ],
  [
    'src/Card.svelte',
    `<script lang="ts">
  export let account: Account;
  $: isBig = account.id === «'zephyra'»;
</script>

{#if account.slug === «'lumora'»}
  <b class:big={account.slug === «'zephyra'»}>é {account.slug === «'lumora'» ? 1 : 2}</b>
{/if}
`,
  ],
  [
    'src/Card.tsx',
    `export const Card = ({ account }: Props) => (
  <main title={account.slug === «'zephyra'» ? 'a' : 'b'}>
    {account.slug === «'lumora'» && <b>lumora</b>}
  </main>
);
`,
  ],
  ['src/card.jsx', "export const Card = ({ account }) => <b>{account.slug === «'zephyra'» ? 1 : 2}</b>;\n"],
  ['src/a.py', 'def cap(account):\n    return 5 if account.slug == «"zephyra"» else 1\n'],
  ['src/a.go', 'package a\n\nfunc cap(account Account) bool {\n\treturn account.Slug == «"zephyra"»\n}\n'],
  ['db/a.sql', "SELECT *\nFROM jobs\nWHERE account_id = «'zephyra'»;\n"],
];

const placesIn = (text: string): string[] =>
  text.split('\n').flatMap((line, index) => {
    let marks = 0;
    return [...line.matchAll(/«([^»]*)»/g)].map(({ 0: whole, 1: literal = '', index: at }) => {
      const column = at + 1 - marks;
      marks += 2;
      return `${index + 1}:${column}-${column + whole.length - 2} ${literal}`;
    });
  });

/** Where findings stand: line, column and end, and what is there. */
async function placed(name: string, text: string): Promise<string[]> {
  const { whole } = await scan(product({ [name]: text }));
  return (whole.findings as Record<string, unknown>[]).map(
    ({ line, column, endColumn, literal }) => `${line}:${column}-${endColumn} ${literal}`,
  );
}

describe('a scan finds the literal itself', () => {
  it.each(files)('in %s', async (name, text) => {
    const bare = text.replaceAll(/[«»]/g, '');
    expect(await placed(name, bare)).toEqual(placesIn(text));
    expect(placesIn(text).length).toBeGreaterThan(0);
    expect(await placed(name, bare.replaceAll('\n', '\r\n'))).toEqual(placesIn(text));
  });
});

describe('a scan of settings', () => {
  const settings: readonly [string, string, string[]][] = [
    ['config/limits.json', '{\n  "accountLimits": {\n    "zephyra": { "seats": 500 }\n  }\n}\n', ['3:5 zephyra']],
    ['config/limits.yaml', 'accountLimits:\n  zephyra:\n    seats: 500\n', ['2:3 zephyra']],
    ['config/limits.toml', '[account_limits.zephyra]\nseats = 500\n', ['1:17 zephyra']],
    ['.env', '# who\nBETA_ACCOUNTS=acme,zephyra\n', ['2:20 zephyra']],
    ['deploy/.env.production', 'PORT=80\nZEPHYRA_SEATS=500\n', ['2:1 zephyra']],
  ];
  it.each(settings)('says line and column in %s', async (name, text, places) => {
    const { exitCode, whole } = await scan(product({ [name]: text }));
    const found = whole.findings as Record<string, unknown>[];
    expect(found.map(({ path, line, column, account }) => `${path}:${line}:${column} ${account}`)).toEqual(
      places.map((place) => `${name}:${place}`),
    );
    expect(exitCode).toBe(1);
  });

  it('leaves out its own dictionary and baseline', async () => {
    const root = product({ 'a.json': '{}\n' });
    expect(await scan(root, '--update-baseline')).toMatchObject({ exitCode: 0, found: [] });
    expect(await scan(root)).toMatchObject({ exitCode: 0, found: [] });
  });
});
