/**
 * Runs in a process of its own: imports the catalogue it is told and sends it back as data. Started only by
 * `evaluateSettings`, so that a company's code never shares memory, secrets or output with a command.
 */
import { pathToFileURL } from 'node:url';

const [, , file = ''] = process.argv;

/** What JSON cannot say is sent as the word for it, so that the rules can name it. */
const asData = (_key: string, value: unknown): unknown => {
  if (value === Number.POSITIVE_INFINITY) return 'unlimited';
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : value;
};

async function evaluate(): Promise<object> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { settings?: unknown; default?: { settings?: unknown } };
    const settings = module.settings ?? module.default?.settings;
    return settings === undefined ? {} : { settings: JSON.stringify(settings, asData) };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { failure: { name, message, stack } };
  }
}

process.send?.(await evaluate(), () => process.exit());
