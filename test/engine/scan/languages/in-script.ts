import type { Idioms } from '../idioms.ts';
import { typescript } from './typescript.ts';

type Texts = Readonly<Partial<Record<keyof Idioms['decides'] | keyof Idioms['doesNotDecide'], readonly string[]>>>;

/** What TypeScript writes, in the script of a component; `more` is what only its markup writes. */
export function inScript(more: Texts): Idioms {
  const wrap = (text: string): string =>
    `<script lang="ts">\n${text}\n</script>\n\n<template><p>{{ title }}</p></template>\n`;
  const all = <K extends string>(idioms: Readonly<Record<K, readonly string[] | null>>) =>
    Object.fromEntries(
      Object.entries<readonly string[] | null>(idioms).map(([idiom, texts]) => {
        const own = more[idiom as keyof Texts] ?? [];
        return [idiom, texts || own.length > 0 ? [...(texts ?? []).map(wrap), ...own] : null];
      }),
    ) as Record<K, readonly string[] | null>;
  return { decides: all(typescript.decides), doesNotDecide: all(typescript.doesNotDecide) };
}
