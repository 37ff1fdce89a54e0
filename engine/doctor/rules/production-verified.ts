import type { DoctorRule } from '../rule.ts';

const PRODUCTION = /^(prod|live)/;

export const productionVerified: DoctorRule = {
  name: 'production-verified',
  severity: 'error',
  fix: 'write `verify: github` (or `verify: file` where approvals are kept in a file)',
  why: 'publishing is the gate: what is not verified there is released without anybody’s approval',
  *find({ model: { world } }) {
    const { publish } = world;
    for (const [name, { verify, store }] of Object.entries(publish?.data.environments ?? {})) {
      const at = publish?.document.locate(['environments', name, 'verify'], 'key');
      if (!at || (verify !== undefined && verify !== 'none')) continue;
      if (PRODUCTION.test(name))
        yield verify === 'none'
          ? { message: `${name} is published without looking at approvals`, at }
          : { message: `${name} does not say where approvals are looked up`, at };
      else if (store !== undefined && !store.startsWith('file:'))
        yield {
          message: `${name} is published to ${store.replace(/\/\/[^/@]*@/, '//')} without looking at approvals`,
          at,
          severity: 'warning',
        };
    }
  },
};
