import type { Module, Node } from './read-module.ts';
import { publicEntries, roomOf } from './rooms.ts';
import type { Rule } from './rules.ts';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.(ts|mjs)$/;
const VAGUE_FILE = /(^|[/-])(utils?|lib|common|helpers?|managers?|services?|misc)([./-]|$)/;
const VAGUE_NAME = /(Utils?|Helpers?|Manager|Service)$|^I[A-Z][a-z]/;

const file: Rule = {
  name: 'file-name',
  why: 'A file is called, in kebab-case, after the one thing it exports: who looks for the thing finds the file',
  check({ path }) {
    const name = path.split('/').at(-1) ?? '';
    if (!KEBAB.test(name)) return [{ path, line: 1, message: `${name} is not kebab-case` }];
    return VAGUE_FILE.test(path) ? [{ path, line: 1, message: 'has a name that says nothing' }] : [];
  },
};

const isDeclaration = ({ type }: Node): boolean =>
  ['ClassDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'].includes(type);

const vague: Rule = {
  name: 'vague-name',
  why: 'A name says what a thing is, not that it is a thing',
  check(module) {
    const found: ReturnType<Rule['check']> = [];
    module.walk((node) => {
      const name = isDeclaration(node) ? (node.id as Node | null)?.name : undefined;
      if (typeof name === 'string' && VAGUE_NAME.test(name))
        found.push({ path: module.path, line: module.lineOf(node), message: `${name} is a vague name` });
    });
    return found;
  },
};

const defaultExport: Rule = {
  name: 'default-export',
  why: 'A thing has one name, the same wherever it is used',
  check: (module) =>
    roomOf(module.path)
      ? module.body
          .filter(({ type }) => type === 'ExportDefaultDeclaration')
          .map((node) => ({ path: module.path, line: module.lineOf(node), message: 'has a default export' }))
      : [],
};

const isPassingOn = (module: Module): boolean =>
  module.body.length > 0 &&
  module.body.every(({ type, source }) => /^Export(Named|All)Declaration$/.test(type) && !!source);

const barrel: Rule = {
  name: 'barrel',
  why: 'A file that only passes on others hides where things are and loads what nobody asked for; only the entries a product imports may',
  check: (module) =>
    isPassingOn(module) && !publicEntries.includes(module.path)
      ? [{ path: module.path, line: 1, message: 'only exports what others export' }]
      : [],
};

export const nameRules: readonly Rule[] = [file, vague, defaultExport, barrel];
