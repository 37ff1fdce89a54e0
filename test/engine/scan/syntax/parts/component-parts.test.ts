import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { svelteParts } from '../../../../../engine/scan/syntax/parts/svelte-parts.ts';
import { vueParts } from '../../../../../engine/scan/syntax/parts/vue-parts.ts';

/** The code that is left of a file, without what is blank. */
const code = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('a Vue component', () => {
  it.each([
    ['a condition', `<template><b v-if="a === 'x'"/></template>`, `;(a === 'x')`],
    ['a condition that compares sizes', `<template><b v-if="a > b && c < d"/></template>`, ';(a > b && c < d)'],
    ['a binding of an object', `<template><b :class="{ big: a }"/></template>`, ';({ big: a })'],
    ['what an event does', `<template><b @click="a(); b = 1"/></template>`, '; a(); b = 1;'],
    ['events in an object', `<template><b v-on="{ click: a }"/></template>`, ';({ click: a })'],
    ['the list of a loop', `<template><b v-for="(x, i) in list of" /></template>`, '; (list of)'],
    ['the list of a loop over lines', `<template><b v-for="x\nof\nlist"/></template>`, '; list)'],
    ['a value without quotes', `<template><b v-if=ok :x = "y"/></template>`, ';ok ; (y)'],
    ['a value in entities', `<template><b v-if="a &amp;&amp; b === &quot;x&quot;"/></template>`, ';(a && b === "x" )'],
    ['what is shown', `<template>{{ a ? 'x' : "y" }}</template>`, `;( a ? 'x' : "y" );`],
    ['two that touch', `<template>{{ a }}{{ b }}</template>`, ';( a );;( b );'],
    ['a slot, which only names', `<template><a #x="{ y }" v-slot:z="{ y }" v-slot="w"/></template>`, ''],
    ['an attribute without a directive', `<template><a title="x === 'y'" /></template>`, ''],
    [
      'a template in a template',
      `<template><template v-if="a">{{ b }}</template>{{ c }}</template>`,
      ';(a) ;( b ); ;( c );',
    ],
    ['a block of its own', `<i18n>{{ a }}</i18n><docs v-if="b">{{ c }}</docs><template>{{ d }}</template>`, ';( d );'],
    ['a style', `<style>a { b: "</template>" }</style><template>{{ a }}</template>`, ';( a );'],
    ['a block that never ends', `<br><template>{{ a }}</template>`, ';( a );'],
    ['a comment', `<!-- <script>a</script> --><template><!-- {{ b }} -->{{ c }}</template>`, ';( c );'],
    ['Pug', `<template lang="pug">\ndiv(v-if="a === 'x'" title="y")\n  p {{ b }}\n</template>`, `;(a === 'x')`],
    ['a script in capitals', `<SCRIPT>a()</SCRIPT >`, ';a();'],
    ['a script that holds tags', `<script>const a = '<template>' < b</script>`, `;const a = '<template>' < b;`],
    ['a script of data', `<script type="application/ld+json">{"a":1}</script>`, ''],
    ['a script in another language', `<script lang="coffee">a = 1</script>`, ''],
    ['two scripts', `<script>a()</script>\n<script setup>b()</script>`, ';a(); ;b();'],
    ['a script that never ends', `<script>a()`, ';a()'],
    ['a quote that never ends', `<template><b v-if="a`, ';(a'],
    ['braces that never end', `<template>{{ a <b v-if="c"/>`, ';(c)'],
    ['nothing', '', ''],
  ])('%s', (_, file, expected) => {
    expect(vueParts(file).map(({ text }) => code(text))).toEqual([expected]);
  });

  it.each([
    ['<script>a</script>', 'javascript'],
    ['<script lang="ts">a</script>', 'typescript'],
    ['<script>a</script><script setup lang=ts>b</script>', 'typescript'],
    ["<script lang='tsx'>a</script>", 'tsx'],
    ['<script type="module" lang="TS">a</script>', 'typescript'],
    ['<template>{{ a }}</template>', 'javascript'],
  ])('%s is %s', (file, language) => {
    expect(vueParts(file).map((part) => part.language)).toEqual([language]);
  });
});

describe('a Svelte component', () => {
  it.each([
    ['a condition', `{#if a === 'x'}b{:else if c}d{:else}e{/if}`, `; a === 'x'; ; c;`],
    ['a condition that compares sizes', `{#if a < b && c > d}<b/>{/if}`, '; a < b && c > d;'],
    ['what is shown', `<p>{a}{b}</p>`, ';a;;b;'],
    [
      'braces in what is shown',
      `{f({ a: '}' }, "}", \`}\${ {b} }\`, /}/)}`,
      `;f({ a: '}' }, "}", \`}\${ {b} }\`, /}/);`,
    ],
    ['braces in comments', `{a /* } */ + b // }\n}`, ';a /* } */ + b // } ;'],
    ['an attribute', `<b on:x={() => { a(); }} c={d > e}/>`, ';(() => { a(); }) ;(d > e)'],
    ['an attribute in quotes', `<b class="x {a === "y" ? 'z' : '}'} w"/>`, `;a === "y" ? 'z' : '}';`],
    ['attributes that are spread or short', `<b {...a} {c}/>`, '; a; ;c;'],
    ['a list', `{#each a as string[] as b, i (b.id)}{b}{/each}`, '; a as string[]; ;b;'],
    ['a list over lines', `{#each\n  a\n  as b}{/each}`, '; a ;'],
    ['a list without names', `{#each { length: 3 }}{/each}`, '; { length: 3 };'],
    ['a promise', `{#await a then b}{b}{:catch c}{c}{/await}`, '; a; ;b; ;c;'],
    ['a constant', `{@const a = b === 'x'}`, `; const a = b === 'x';`],
    ['what is inserted', `{@html a}{@render b()}`, '; a;; b();'],
    ['what only names', `{#snippet a(b)}{@debug c}{/snippet}{#key d}{/key}`, '; d;'],
    ['scripts', `<script context="module" lang="ts">a</script><script>b</script>`, ';a; ;b;'],
    ['blocks that end', `{#if a}{/if}{b}{/each}{#key c}{/key}`, '; a; ;b; ; c;'],
    ['a style', `<style>a { b: c }</style>{d}`, ';d;'],
    ['a comment', `<!-- {a} <script>b</script> -->{c}`, ';c;'],
    ['an apostrophe in a text', `<p>don't {a} don't</p>`, ';a;'],
    ['braces that never end', `{#if a <b c={d}/>`, ';(d)'],
    ['a brace too much', `}{a}}`, ';a;'],
  ])('%s', (_, file, expected) => {
    expect(svelteParts(file).map(({ text }) => code(text))).toEqual([expected]);
  });
});

describe.each([
  ['Vue', vueParts],
  ['Svelte', svelteParts],
])('any text as %s', (_, parts) => {
  const seed = Number(process.env.PROVISO_SEED ?? 20261127);
  const token = fc.constantFrom(
    ...`< > / = " ' { } {{ }} {#if {:else {/if} {@const \` \${ \\ // /* */ <!-- --> <script> </script> <template> </template> <style>
    </style> <p v-if= :a= @b= v-for= in of as a.b === 'x' &amp; &quot; ü 👋 lang="ts" (`.split(/\s+/),
    '\n',
    '\r\n',
    ' ',
    '\u2028',
  );
  const shape = (text: string): string => text.replace(/[^\n\r]/g, ' ');

  it(`keeps its length and its lines (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
        const file = tokens.join('');
        for (const { text } of parts(file)) expect(shape(text)).toBe(shape(file));
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it.each([
    '{',
    '{{',
    '<',
    '<p a="',
    '<p ',
    '<script>',
    '<!--',
    '{`',
    "{'",
    '{/',
    '{/*',
    '`${',
    '{#each a as ',
    '<a b={',
  ])(
    'takes no longer for more of %j than its length',
    (token) => {
      const file = token.repeat(Math.floor(300_000 / token.length));
      expect(parts(file).map(({ text }) => text.length)).toEqual([file.length]);
    },
    5_000,
  );
});
