import type { Setting, Settings } from '../../schemas/setting.ts';

/** One order for the parts of every entry, so that equal catalogues are equal bytes however they were written. */
const parts = [
  'kind',
  'label',
  'description',
  'area',
  'unit',
  'per',
  'of',
  'default',
  'favours',
  'fractional',
  'bounds',
  'overCap',
  'whenStale',
  'onEnd',
] as const;

/** Says what a catalogue leaves to its defaults: the label, and what happens when the giver of a value ends. */
export function normaliseSettings(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => {
      const full: Record<string, unknown> = {
        ...setting,
        label: setting.label ?? inWords(key),
        onEnd: setting.onEnd ?? (setting.area === 'hosting' ? 'hold' : 'release'),
      };
      const ordered = parts.flatMap((part) => (full[part] === undefined ? [] : [[part, full[part]] as const]));
      return [key, Object.fromEntries(ordered) as unknown as Setting];
    }),
  );
}

/** `apiCalls` → `Api calls` */
function inWords(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
