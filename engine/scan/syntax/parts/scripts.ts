import type { Piece } from './markup.ts';
import type { Weave } from './weave.ts';

type Tag = Piece & { is: 'tag' };

/** What scripts may say they are written in, as the scanner knows it; anything else is not read. */
const languages: Readonly<Record<string, string>> = {
  '': 'javascript',
  js: 'javascript',
  javascript: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  typescript: 'typescript',
  tsx: 'tsx',
};

/** Types of a script that are code; of another it is data, such as JSON. */
const codeTypes = /^(module|(text|application)\/(java|ecma|type)script|)$/;

/** The scripts of a component, and what all of it is written in: one TypeScript in it makes it TypeScript. */
export function scriptsOf(file: string, code: Weave): { keep(tag: Tag): number; language(): string } {
  const found = new Set<string>();
  return {
    keep(tag) {
      const end = endOfRaw(file, tag);
      const language = languages[attributeOf(file, tag, 'lang') ?? ''];
      if (language && codeTypes.test(attributeOf(file, tag, 'type') ?? '')) {
        found.add(language);
        code.put(tag.end - 1, ';');
        code.keep({ start: tag.end, end });
        code.put(end, ';');
      }
      return end;
    },
    language: () => ['tsx', 'typescript'].find((language) => found.has(language)) ?? 'javascript',
  };
}

/** Where a tag ends that holds no markup: a script, a style; the end of a broken file. */
export function endOfRaw(file: string, { name, end, closesItself }: Tag): number {
  if (closesItself) return end;
  const close = new RegExp(`</${name.replace(/[^\w-]/g, '\\$&')}(?=[\\s>/]|$)`, 'gi');
  close.lastIndex = end;
  return close.exec(file)?.index ?? file.length;
}

/** What an attribute says, in lower case. */
export function attributeOf(file: string, tag: Tag, name: string): string | undefined {
  const value = tag.attributes.find((attribute) => attribute.name.toLowerCase() === name)?.value;
  return value && file.slice(value.start, value.end).trim().toLowerCase();
}
