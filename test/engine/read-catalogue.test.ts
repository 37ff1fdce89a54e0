import { expect, it } from 'vitest';
import { readCatalogue } from '../../engine/read-catalogue.ts';

const path = 'schemas/generated/catalogue.json';
const file = (text: string | Uint8Array) => ({
  path,
  oid: '',
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const seats = { kind: 'limit', unit: 'seat', area: 'access', description: 'People.', default: 3, favours: 'more' };
const settings = {
  seats,
  calls: { ...seats, default: 'unlimited', per: 'month' },
  sso: { kind: 'feature', area: 'access', description: 'Single sign-on.', default: false, favours: true },
  region: { kind: 'choice', area: 'hosting', description: 'Where.', of: ['us', 'eu'], default: 'us' },
  greeting: { kind: 'text', area: 'support', description: 'What it says.', default: '' },
  ips: { kind: 'list', area: 'access', description: 'From where.', default: [] },
};
const HELP = 'run `proviso schemas`: it writes this file from schemas/settings.ts';

it('gives every kind of setting as it is stated', () => {
  expect(readCatalogue([file(JSON.stringify({ v: 1, settings }))], true)).toEqual({ settings, diagnostics: [] });
  expect(readCatalogue([file('{"v":1,"settings":{}}')], false)).toEqual({ settings: {}, diagnostics: [] });
});

const withSetting = (setting: unknown, name = 'seats') =>
  JSON.stringify({ v: 1, settings: { sso: settings.sso, [name]: setting } });
const odd = (name: string) => `the settings catalogue states "${name}" in a way no setting is stated`;
const shape = 'the settings catalogue does not have the shape {"v": 1, "settings": {…}}';

it.each([
  ['nothing', '', 'the settings catalogue is not valid JSON', HELP],
  ['half a file', '{"v":1,"settings":{', 'the settings catalogue is not valid JSON', HELP],
  ['a merge conflict', '<<<<<<< HEAD\n{"v":1}', 'the settings catalogue is not valid JSON', HELP],
  ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d]), 'the settings catalogue is not valid JSON', HELP],
  ['a list', '[]', shape, HELP],
  ['no settings', '{"v":1}', shape, HELP],
  ['no version', '{"settings":{}}', shape, HELP],
  ['null', 'null', shape, HELP],
  [
    'a later version',
    '{"v":2,"settings":{}}',
    'the settings catalogue is of version 2; this program reads version 1',
    'use the newer version of proviso that wrote it',
  ],
  ['an unknown kind', withSetting({ ...seats, kind: 'limits' }), odd('seats'), HELP],
  ['an inherited kind', withSetting({ ...seats, kind: 'toString' }), odd('seats'), HELP],
  ['an unknown area', withSetting({ ...seats, area: 'moon' }), odd('seats'), HELP],
  ['a limit below zero', withSetting({ ...seats, default: -1 }), odd('seats'), HELP],
  ['a limit as text', withSetting({ ...seats, default: '3' }), odd('seats'), HELP],
  ['a limit that favours nothing', withSetting({ ...seats, favours: undefined }), odd('seats'), HELP],
  [
    'a choice that is not one of them',
    withSetting({ ...settings.region, default: 'mars' }, 'region'),
    odd('region'),
    HELP,
  ],
  ['a list of numbers', withSetting({ ...settings.ips, default: [1] }, 'ips'), odd('ips'), HELP],
  ['a setting that is none', withSetting(null), odd('seats'), HELP],
  ['an odd name', withSetting(seats, 'Seats'), odd('Seats'), HELP],
  ['a name every object has', withSetting(seats, 'constructor'), odd('constructor'), HELP],
  ['a name that is no property', '{"v":1,"settings":{"__proto__":{"kind":"text"}}}', odd('__proto__'), HELP],
])('refuses %s', (_, text, message, help) => {
  const at = { path, start: { line: 1, column: 1 } };
  expect(readCatalogue([file(text)], true)).toEqual({
    diagnostics: [{ rule: 'catalogue', severity: 'error', message, at, help }],
  });
});

it('says what to do where there is none', () => {
  const said = (hasSettings: boolean) =>
    readCatalogue([], hasSettings).diagnostics.map(({ message, help }) => [message, help]);
  expect(said(true)).toEqual([['the settings of schemas/settings.ts have not been written as data yet', HELP]]);
  expect(said(false)).toEqual([
    [
      'there is no settings catalogue',
      'list the product’s settings in schemas/settings.ts, then run `proviso schemas`',
    ],
  ]);
});
