import { takeTurns } from '../measure.ts';
import { type Bench, cpu, cpuRatio, demandSame, type Row } from '../part.ts';

/** The reader of documents alone, against the parsers one would take. */
export async function parse(bench: Bench): Promise<Row[]> {
  const root = await bench.repository(10_000, 'folder');
  const reader = (name: string) => () => bench.run('read-documents', name, root);
  const { ours, yaml, jsYaml } = await takeTurns(3, {
    ours: reader('ours'),
    yaml: reader('yaml'),
    jsYaml: reader('js-yaml'),
  });
  demandSame('documents', ours, yaml);
  demandSame('documents', ours, jsYaml);
  return [
    {
      what: '10,000 documents: yaml with positions ÷ ours',
      ours: cpu(ours),
      other: cpu(yaml),
      ratio: cpuRatio(yaml, ours),
    },
    {
      what: '10,000 documents: js-yaml without positions ÷ ours',
      ours: cpu(ours),
      other: cpu(jsYaml),
      ratio: cpuRatio(jsYaml, ours),
    },
  ];
}
