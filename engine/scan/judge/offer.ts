import type { Menu } from '../../../schemas/policies.ts';
import type { Setting, Settings } from '../../../schemas/setting.ts';
import { partsOf, wordsOf } from '../names/words-of.ts';

/** What the product can already do differently for a customer, without a rule in its source. Nothing of it is secret. */
export interface Offer {
  is: 'setting' | 'add-on';
  /** The key in `schemas/settings.ts`, or the id in `policies/menu.yaml`. */
  id: string;
  label: string;
  /** The kind of a setting. */
  kind?: Setting['kind'];
  /** What it is about, in words of lower case: of its id, label and description, each once. */
  words: readonly string[];
}

/** The settings of the catalogue, then the add-ons of the menu. */
export function offersOf(settings: Settings, menu: Menu | undefined): Offer[] {
  const ofSettings = Object.entries(settings).map(([id, { kind, label, description }]): Offer => {
    return { is: 'setting', id, label: label ?? id, kind, words: wordsIn(id, label, description) };
  });
  const ofMenu = Object.entries(menu?.addOns ?? {}).map(([id, { label, description, sets, adds }]): Offer => {
    const given = Object.keys({ ...sets, ...adds });
    return { is: 'add-on', id, label: label ?? id, words: wordsIn(id, label, description, ...given) };
  });
  return [...ofSettings, ...ofMenu];
}

const wordsIn = (...texts: readonly (string | undefined)[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => partsOf(text ?? ''))
      .map(wordsOf)
      .filter((word) => word.length > 2),
  ),
];
