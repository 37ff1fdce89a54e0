import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from './temporary-repository.ts';

const folder = join(import.meta.dirname, '../deploy');
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The instructions of a Dockerfile: what continues on the next line is one, comments are none. */
function instructionsOf(text: string): [word: string, rest: string][] {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n');
  return lines.flatMap((line): [string, string][] => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return word === undefined ? [] : [[word, rest ?? '']];
  });
}

const dockerfile = instructionsOf(textOf('Dockerfile'));
const all = (word: string): string[] => dockerfile.flatMap(([name, rest]) => (name === word ? [rest] : []));
const server = dockerfile.slice(dockerfile.findLastIndex(([word]) => word === 'FROM'));
const only = (word: string): string => {
  const found = server.flatMap(([name, rest]) => (name === word ? [rest] : []));
  expect([word, found.length]).toEqual([word, 1]);
  return found[0] as string;
};

describe('the Dockerfile', () => {
  it('is built in stages on an image that whoever builds names by its digest', () => {
    expect(all('ARG')).toEqual(['NODE_IMAGE']);
    expect(all('FROM')).toEqual(['${NODE_IMAGE} AS packages', '${NODE_IMAGE}']);
  });

  it('runs as nobody who may do anything, and runs no script of a package', () => {
    expect(only('USER')).toBe('node');
    expect(server.findIndex(([word]) => word === 'USER')).toBeGreaterThan(
      server.findLastIndex(([word]) => /COPY|RUN/.test(word)),
    );
    for (const command of all('RUN').filter((one) => one.includes('npm')))
      expect(command).toMatch(/npm ci .*--ignore-scripts/);
  });

  it('takes into its layers what it names, and nothing that is secret', () => {
    const copied = dockerfile.filter(([word]) => word === 'COPY').map(([, rest]) => rest);
    expect(copied).toEqual([
      'package.json package-lock.json ./',
      '--from=packages /app/node_modules ./node_modules',
      'keys ./keys',
    ]);
    expect([...all('ENV'), ...all('ARG')].filter((one) => /store|token|key|secret|password/i.test(one))).toEqual([]);
    expect(
      textOf('Dockerfile.dockerignore')
        .split('\n')
        .filter((line) => line && !line.startsWith('#')),
    ).toEqual(['*', '!package.json', '!package-lock.json', '!keys']);
  });

  it('stops on the signal Node takes, without a shell or an init in between', () => {
    expect(only('STOPSIGNAL')).toBe('SIGTERM');
    for (const word of ['ENTRYPOINT', 'CMD']) expect(JSON.parse(only(word))).toBeInstanceOf(Array);
    expect(JSON.parse(only('ENTRYPOINT'))).toEqual(['node', 'node_modules/proviso/dist/scripts/proviso.js', 'serve']);
  });

  it('asks the server whether it is alive, in a program that is right', () => {
    const [node, flag, code] = JSON.parse(/CMD (.*)$/.exec(only('HEALTHCHECK'))?.[1] ?? '[]') as string[];
    expect([node, flag]).toEqual(['node', '--eval']);
    // Nobody listens on this port: it must say so with its exit code, whatever went wrong.
    const asked = (code ?? '').replace('127.0.0.1:7420', '127.0.0.1:1');
    expect(spawnSync(process.execPath, ['--eval', asked]).status).toBe(1);
  });
});

describe('the systemd unit', () => {
  const entries = textOf('proviso.service')
    .split('\n')
    .flatMap((line) => {
      const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, value ?? ''] as const];
    });
  const settings = new Map(entries);

  it('runs as a user that exists while it runs, and may write to its own folder alone', () => {
    const expected = {
      DynamicUser: 'yes',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      StateDirectory: 'proviso',
      StateDirectoryMode: '0700',
      RestrictAddressFamilies: 'AF_INET AF_INET6 AF_UNIX',
    };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, settings.get(key)]))).toEqual(expected);
    expect(settings.has('User')).toBe(false);
    // Node compiles while it runs.
    expect(settings.has('MemoryDenyWriteExecute')).toBe(false);
  });

  it('is handed its tokens in memory, and starts again for ever', () => {
    expect(settings.get('LoadCredential')).toBe('tokens:/etc/proviso/tokens');
    expect(settings.get('ExecStart')).toContain('--tokens ${CREDENTIALS_DIRECTORY}/tokens');
    expect(settings.get('ExecStart')).toContain('--host 127.0.0.1');
    expect([settings.get('Restart'), settings.get('StartLimitIntervalSec')]).toEqual(['always', '0']);
  });

  it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)('is one that systemd takes', () => {
    const path = join(temporaryFolder(), 'proviso.service');
    // Only that the program is there is no matter of the unit.
    writeFileSync(path, textOf('proviso.service').replace('/usr/bin/node', process.execPath));
    const { stderr, stdout } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('proviso.service'))).toEqual([]);
  });
});

it('compose starts the same image, read-only, and shows neither it nor the store to other machines', () => {
  const { services } = parse(textOf('compose.yaml')) as {
    services: Record<string, { ports: string[]; read_only?: boolean; cap_drop?: string[]; secrets?: string[] }>;
  };
  expect(services.terms).toMatchObject({ read_only: true, cap_drop: ['ALL'], secrets: ['tokens'] });
  const ports = Object.values(services).flatMap((service) => service.ports);
  expect(ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
});
