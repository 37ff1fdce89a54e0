import { covers } from './covers.ts';
import type { Language, Node } from './language.ts';
import type { Situation } from './situation.ts';

/** So many keys beside one another are looked at; a map of more holds data. */
const MOST_BESIDE = 200;

/** Nobody nests deeper. */
const HIGHEST = 200;

/** Where a key or a value of a file of settings stands: below which keys, beside which. */
export function situateSetting(leaf: Node, { shapes }: Language): Situation[] {
  const holders: string[] = [];
  const setting = { isKey: false, isElement: false, isRecord: false };
  let peers: string[] = [];
  let gives: string | undefined;
  let isPlaced = false;
  let steps = 0;
  for (let child = leaf, node = leaf.parent(); node && steps < HIGHEST; child = node, node = node.parent(), steps++) {
    const shape = shapes[node.kind()]?.(node, child);
    if (shape?.is === 'silent') return [];
    if (shape?.is === 'list') {
      if (isPlaced) setting.isRecord ||= holders.length < (setting.isKey ? 1 : 2);
      else if (!setting.isElement) {
        setting.isElement = true;
        peers = node
          .children()
          .slice(0, MOST_BESIDE)
          .map((part) => plain(part.text().slice(0, 100)));
      }
    }
    if (shape?.is !== 'pair') continue;
    const key = shape.key.text();
    if (!isPlaced) {
      isPlaced = true;
      if (covers(shape.key, leaf)) {
        setting.isKey = true;
        const before = key.slice(0, leaf.range().start.index - shape.key.range().start.index);
        holders.push(...partsOf(before));
        gives = shape.value?.text().slice(0, 200);
        peers = keysBeside(node, shapes);
        continue;
      }
      if (!setting.isElement) peers = keysBeside(node, shapes);
    }
    holders.push(...(holders.length === 0 ? attributeBeside(node, shapes) : []), ...partsOf(key));
  }
  const subject = setting.isKey ? undefined : holders[0];
  return [
    {
      how: 'setting',
      holders,
      peers,
      setting,
      ...(subject !== undefined && { subject }),
      ...(gives !== undefined && { gives }),
    },
  ];
}

/** `{ attribute: organizationId, operator: in, values: [acme] }`: what a value is compared with, where another entry says it. */
function attributeBeside(pair: Node, shapes: Language['shapes']): string[] {
  const beside = pair.parent()?.children() ?? [];
  return beside.slice(0, 20).flatMap((part) => {
    const shape = part.id() === pair.id() ? undefined : shapes[part.kind()]?.(part);
    if (shape?.is !== 'pair' || !ATTRIBUTE.test(plain(shape.key.text()))) return [];
    return partsOf(shape.value?.text() ?? '').slice(0, 1);
  });
}

const ATTRIBUTE = /^(attribute|property|field|trait|left|variable|param|column)$/i;

const plain = (text: string): string => text.replace(/^[-\s"'`[]+|[\s"'`\],]+$/g, '');
/** `tenants.acme` is a key in a key; the nearest first. */
const partsOf = (key: string): string[] => key.slice(0, 200).split('.').map(plain).filter(Boolean).reverse();

function keysBeside(pair: Node, shapes: Language['shapes']): string[] {
  const beside = pair.parent()?.children() ?? [];
  return beside.slice(0, MOST_BESIDE).flatMap((part) => {
    const shape = part.id() === pair.id() ? undefined : shapes[part.kind()]?.(part);
    return shape?.is === 'pair' ? partsOf(shape.key.text()).slice(0, 1) : [];
  });
}
