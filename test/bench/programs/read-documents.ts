/** `read-documents ours|yaml|js-yaml <root>`: every customer file as data. Only the parsing counts. */
import { CORE_SCHEMA, load } from 'js-yaml';
import { parseDocument } from 'yaml';
import { readDocument } from '../../../engine/document.ts';
import { readWorkingTree } from '../../../engine/io/read-repository.ts';
import type { SourceFile } from '../../../engine/source-file.ts';
import { tell } from './tell.ts';

const [name = '', root = '.'] = process.argv.slice(2);
const decoder = new TextDecoder('utf-8', { fatal: true });
const readers: Record<string, (file: SourceFile) => unknown> = {
  ours: (file) => readDocument(file).document?.data,
  yaml: ({ bytes }) => parseDocument(decoder.decode(bytes)).toJS(),
  'js-yaml': ({ bytes }) => load(decoder.decode(bytes), { schema: CORE_SCHEMA }),
};

const reader = readers[name] as (file: SourceFile) => unknown;
const files = readWorkingTree(root).files.filter(({ path }) => path.startsWith('customers/'));
const before = process.cpuUsage();
const data = files.map(reader);
tell(data.length, before);
