/** Settings that people write are smaller; what is larger is data. */
const LARGEST = 1_000_000;
const HEAD = 20_000;

/** What tools write and read: their own words stand at the top of a file. */
const FOREIGN = [
  /^\s*["']?(openapi|swagger|asyncapi)["']?\s*:/m,
  /["']?\$schema["']?\s*:\s*["']?https?:\/\/(json-schema\.org|vega\.github\.io|schema\.management\.azure\.com|json\.schemastore\.org)/,
  /["']type["']\s*:\s*["'](FeatureCollection|Feature|Topology)["']/,
  /["']nbformat["']\s*:/,
  /["']schemaVersion["']\s*:[\s\S]*["']panels["']|["']panels["']\s*:[\s\S]*["']schemaVersion["']/,
  /["']compilerOptions["']\s*:/,
  /["'](dependencies|devDependencies|peerDependencies)["']\s*:\s*\{/,
  /["']lockfileVersion["']\s*:/,
  /["']mappings["']\s*:\s*["'][A-Za-z0-9+/,;]{40}/,
  /["']_postman_id["']|["']start_url["']\s*:/,
  /^(on|"on"|'on')\s*:[\s\S]*^jobs\s*:/m,
  /^apiVersion\s*:\s*v[12]\s*$[\s\S]*^(appVersion|type\s*:\s*(application|library))/m,
  /^\[(package|workspace|dependencies|tool\.poetry|build-system|project)\]\s*$/m,
];

/** Whether a file of settings is a tool's: a manifest, a schema, a workflow, a chart, a lock, a map of a source; or data. */
export function isForeignSettings(text: string): boolean {
  if (text.length > LARGEST) return true;
  const head = text.slice(0, HEAD);
  return FOREIGN.some((pattern) => pattern.test(head)) || isSchema(head);
}

/** `{ "type": "object", "properties": … }` at the top of a file. */
const isSchema = (head: string): boolean =>
  /^\s*\{\s*("(title|\$id|description|\$defs)"\s*:\s*"[^"]*"\s*,\s*)*"type"\s*:\s*"object"/.test(head) &&
  /"properties"\s*:/.test(head);
