import { catalogue } from '../../schemas/catalogue.ts';
import { didYouMean } from '../did-you-mean.ts';
import { keysOf, shapeAt } from '../validate/shape-at.ts';
import { type ShapeFault, shapeFaults } from '../validate/shape-faults.ts';
import { type Worded, wordFault } from '../validate/word-fault.ts';

/** What is wrong with the shape of a catalogue (`{ v: 1, settings }`), with the setting it is about. Loads zod. */
export function explainCatalogue(data: unknown): { key?: string; message: string; help?: string }[] {
  const faults = shapeFaults(catalogue.safeParse(data).error?.issues ?? [], data);
  // zod passes over a key `__proto__` in silence; the validator does not.
  if (faults.length === 0) return [{ message: 'the catalogue has a name that no setting can have' }];
  return faults.map((fault) => {
    const path = [...fault.pointer, ...(fault.code === 'unknown' ? [fault.key] : [])].map(String);
    const { message, help } = word(fault, data);
    const place = path.slice(1).join('.') || 'settings';
    return { key: path[1], message: fault.code === 'name' ? message : `${place}: ${message}`, help };
  });
}

function word(fault: ShapeFault, data: unknown): Worded {
  if (fault.code !== 'unknown') return wordFault(fault, catalogue, data);
  const names = Object.keys(keysOf(shapeAt(catalogue, data, fault.pointer)));
  return { rule: 'unknown-key', message: `a setting has no \`${fault.key}\`${didYouMean(fault.key, names)}` };
}
