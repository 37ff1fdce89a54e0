import type { Settings } from '../../schemas/setting.ts';
import { deepFreeze } from './deep-freeze.ts';

const layouts = new WeakMap<Settings, string>();

/**
 * Values by the settings of a catalogue, in its order, frozen. All such objects are laid out alike: what is copied, or grows key
 * by key, has a description of its own once it is frozen, which weighs more than the values and is slower to read; what is
 * parsed does not.
 */
export function layOut(
  settings: Settings,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const laid = JSON.parse(layouts.get(settings) ?? layoutOf(settings)) as Record<string, unknown>;
  for (const key in laid) laid[key] = values[key];
  return deepFreeze(laid);
}

function layoutOf(settings: Settings): string {
  const layout = JSON.stringify(Object.fromEntries(Object.keys(settings).map((key) => [key, null])));
  // Where numbers and other things have stood, anything can be written without another layout.
  const first = JSON.parse(layout) as Record<string, unknown>;
  for (const key in first) first[key] = 0;
  layouts.set(settings, layout);
  return layout;
}
