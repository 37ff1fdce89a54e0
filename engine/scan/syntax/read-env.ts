import type { Reading } from './language.ts';
import type { Situation } from './situation.ts';

const LINE = /^[^\S\n]*(?:export[^\S\n]+)?([\p{L}_][\p{L}\p{N}_.-]*)[^\S\n]*[=:][^\S\n]*(.*)$/gmu;
/** `acme,globex`: a list in one text. */
const LIST = /^[\w.@+-]+(?:(?:\s{0,8}[,;|]\s{0,8}|\s{1,8})[\w.@+-]+)*$/;
const VALUE = /^("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`|(?:(?!\s#).)*)/;

/** Every variable and what it is. */
export function readEnv(text: string): Reading[] {
  const lines = [...text.matchAll(LINE)].map((match) => {
    const [line, key = '', rest = ''] = match;
    const start = match.index + line.indexOf(key);
    const value = (VALUE.exec(rest)?.[1] ?? '').trimEnd();
    const from = match.index + line.length - rest.length;
    return { key, value, line: { start: match.index, end: match.index + line.length }, start, from };
  });
  return lines.flatMap(({ key, value, line, start, from }) => {
    const said = value.replace(/^(["'`])([\s\S]*)\1$/, '$2');
    const rest = { scopes: () => [], isSilent: () => false, statement: () => line };
    const name: Situation = {
      how: 'setting',
      holders: [],
      peers: [],
      gives: said,
      setting: { isKey: true, isElement: false, isRecord: false },
    };
    const items = LIST.test(said) ? [...said.matchAll(/[^\s,;|]+/g)] : [];
    const isList = items.length > 1;
    const given: Situation = {
      how: 'setting',
      subject: key,
      holders: [key],
      peers: isList ? items.map(([item]) => item) : [],
      setting: { isKey: false, isElement: isList, isRecord: false },
    };
    const variable: Reading = {
      ...rest,
      start,
      end: start + key.length,
      said: key,
      what: 'name',
      situations: () => [name],
    };
    if (said === '') return [variable];
    const inside = from + Math.max(0, value.indexOf(said));
    if (isList)
      return [
        variable,
        ...items.map(({ 0: item, index }): Reading => {
          const at = inside + index;
          return { ...rest, start: at, end: at + item.length, said: item, what: 'string', situations: () => [given] };
        }),
      ];
    return [
      variable,
      { ...rest, start: from, end: from + value.length, said, what: 'string', situations: () => [given] },
    ];
  });
}

/** Where comments stand, in order. */
export const envComments = (text: string): { start: number; end: number }[] =>
  [...text.matchAll(/(?<=^|[^\S\n])#[^\n]*/gm)].map(({ 0: comment, index }) => ({
    start: index,
    end: index + comment.length,
  }));
