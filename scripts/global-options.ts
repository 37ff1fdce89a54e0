import { formats, type OptionSpecs } from './command.ts';

/** What every command understands. */
export const globalOptions = {
  root: { type: 'string', short: 'C', value: 'dir', summary: 'the repository of terms (default: the working folder)' },
  format: { type: 'string', value: formats.join('|'), summary: 'how results are printed (default: text)' },
  at: { type: 'string', value: 'day|instant', summary: 'answer for this moment (default: now)' },
  store: {
    type: 'string',
    value: 'url',
    summary: 'where releases lie (default: PROVISO_STORE, then the environment’s)',
  },
  env: { type: 'string', value: 'name', summary: 'environment (default: local)' },
  channel: { type: 'string', value: 'name', summary: 'channel (default: stable)' },
  'no-color': { type: 'boolean', summary: 'plain text' },
  quiet: { type: 'boolean', short: 'q', summary: 'no progress and no notices' },
  help: { type: 'boolean', short: 'h', summary: 'show this' },
  version: { type: 'boolean', short: 'V', summary: 'show the version' },
} as const satisfies OptionSpecs;
