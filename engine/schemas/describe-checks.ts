import type { JsonSchema } from '../../schemas/json-schema.ts';
import type { Check, CheckOption } from '../checks/check.ts';
import { severities } from '../checks/policy-of.ts';
import { checks } from '../checks/registry.ts';

/** The editor's schema of `policies/checks.yaml`, with every check and its options. What they mean is the engine's, not the shape's. */
export const describeChecks = ({ propertyNames, additionalProperties, ...schema }: JsonSchema): JsonSchema => ({
  ...schema,
  properties: Object.fromEntries(checks.map((check) => [check.name, describeCheck(check)])),
  additionalProperties: false,
});

const describeCheck = ({ summary, scope, severity, options }: Check): JsonSchema => ({
  type: 'object',
  description: `${sentence(summary)} ${scopes[scope]}`,
  properties: {
    severity: {
      enum: [...severities],
      default: severity,
      description: `How serious what it finds is; \`off\`: it does not run. Without it: ${severity}.`,
    },
    ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, describeOption(option)])),
  },
  additionalProperties: false,
});

const scopes = {
  change: 'Judges what a change adds or alters.',
  standing: 'Judges the customers a change touches, as they stand.',
};

const types: Readonly<Record<CheckOption['kind'], JsonSchema>> = {
  count: { type: 'integer', minimum: 0 },
  days: { type: 'integer', minimum: 0 },
  percent: { type: 'number', minimum: 0, maximum: 100 },
  yesNo: { type: 'boolean' },
  words: { type: 'array', items: { type: 'string' } },
};

const describeOption = ({ kind, default: value, description }: CheckOption): JsonSchema => ({
  ...types[kind],
  default: value,
  description: `${description} Without it: ${Array.isArray(value) && value.length === 0 ? 'none' : String(value)}.`,
});

const sentence = (summary: string): string => `${summary[0]?.toUpperCase()}${summary.slice(1)}.`;
