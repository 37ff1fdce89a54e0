import { topOf } from '../../diagnostic.ts';
import { privateKeyIn } from '../private-key-in.ts';
import type { DoctorRule } from '../rule.ts';
import { linesOf } from '../text-lines.ts';

const ENV = /(?:^|\/)\.env(?:\.(?!example$|sample$|template$|dist$|defaults$)[\w.-]+)?$/;
const LOGIN = /(?:^|\/)(?:\.git-credentials|\.netrc|_netrc|\.pypirc|\.pgpass|\.dockercfg)$/;
const NPM_LOGIN = /(?:^|:)_(?:authToken|auth|password)\s*=\s*(?!\$\{)\S/;
/** What tests are given is nobody's secret, and still looks like one. */
const TESTED = /(?:^|\/)(?:tests?|fixtures)\//;
const KEY_FILE = /(?:\.(?:pem|key)|(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519))$/;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;

export const committedSecret: DoctorRule = {
  name: 'committed-secret',
  severity: 'error',
  fix: 'replace the secret where it is used, then remove it from the repository',
  why: 'whoever has a clone has it, and history keeps it after it is deleted',
  *find({ files, git }) {
    for (const path of git.tracked) {
      const shown = files.get(path)?.path ?? path;
      if (ENV.test(path))
        yield {
          message: 'a file of environment variables is committed',
          at: topOf(shown),
          ...(TESTED.test(path) && { severity: 'note' as const }),
        };
      else if (LOGIN.test(path)) yield { message: 'a file of passwords is committed', at: topOf(shown) };
    }
    for (const [path, file] of files) {
      const isNpm = /(?:^|\/)\.npmrc$/.test(path);
      const isKey = KEY_FILE.test(path);
      const lines = linesOf(file);
      if (isNpm)
        for (const { text, at } of lines)
          if (NPM_LOGIN.test(text)) yield { message: 'a token of a package registry is committed', at };
      const tested = TESTED.test(path) && { severity: 'note' as const };
      if (isKey) {
        for (const { text, at } of lines)
          if (PRIVATE_KEY.test(text)) yield { message: 'a private key is committed', at, ...tested };
      } else {
        const text = lines.map((line) => line.text).join('\n');
        const index = privateKeyIn(text);
        const line = index === undefined ? undefined : lines[text.slice(0, index).split('\n').length - 1];
        if (line) yield { message: 'a private key is committed', at: line.at, ...tested };
      }
    }
  },
};
