import type { Setting } from '../../schemas/setting.ts';
import type { CustomerData, World } from './world.ts';

const plainKey = /^[A-Za-z][A-Za-z0-9-]*$/;
const plainDay = /^\d{4}-\d{2}-\d{2}$/;

/** One value in flow style, as people write it: plain keys and days, quoted text. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'string') return plainDay.test(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const leaves = Object.entries(value)
    .filter(([, leaf]) => leaf !== undefined)
    .map(([key, leaf]) => `${plainKey.test(key) ? key : JSON.stringify(key)}: ${flow(leaf)}`);
  return leaves.length > 0 ? `{ ${leaves.join(', ')} }` : '{}';
}

/** A file of top-level keys; a list of records has a line for each. */
function yamlOf(data: object): string {
  const lines = Object.entries(data).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const isRecords = Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'object');
    return isRecords ? [`${key}:`, ...value.map((entry) => `  - ${flow(entry)}`)] : [`${key}: ${flow(value)}`];
  });
  return `${lines.join('\n')}\n`;
}

function catalogueOf(settings: Record<string, Setting>): string {
  const entries = Object.entries(settings).map(
    ([key, { kind, ...rest }]) => `  ${key}: ${kind}(${JSON.stringify(rest)}),`,
  );
  const words = "import { choice, defineSettings, feature, limit, list, text } from 'proviso/settings';";
  return `${words}\n\nexport const settings = defineSettings({\n${entries.join('\n')}\n});\n`;
}

/** Every file of a repository that says this world, by path: plans, policies, customers and `schemas/settings.ts`. */
export function writeWorld(world: World, customers: Record<string, CustomerData>): Record<string, string> {
  const files: Record<string, string> = {
    'schemas/settings.ts': catalogueOf(world.settings),
    'policies/menu.yaml': yamlOf(world.menu),
    'policies/lifecycle.yaml': yamlOf(world.lifecycle),
    'policies/roles.yaml': yamlOf(world.roles),
    'policies/onboarding.yaml': yamlOf({ details: {} }),
    'policies/publish.yaml': yamlOf({ language: 1, environments: { local: { verify: 'none' } } }),
  };
  for (const [plan, data] of Object.entries(world.plans)) files[`plans/${plan}.yaml`] = yamlOf(data);
  for (const [id, data] of Object.entries(customers)) files[`customers/${id}.yaml`] = yamlOf(data);
  return files;
}
