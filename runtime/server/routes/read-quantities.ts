import { RequestError } from '../route.ts';

const ONE = /^([A-Za-z][A-Za-z0-9._-]{0,63}):(\d{1,15}(?:\.\d{1,9})?)$/;
/** More settings nobody sells by the unit. */
const MOST = 100;

/** `seats:7,apiCalls:100`, as an account's totals. @throws RequestError (400) */
export function readQuantities(written: string | undefined): Readonly<Record<string, number>> {
  if (written === undefined || written === '') return {};
  const pairs = written.split(',', MOST + 1).map((each): [string, number] => {
    const [, key = '', amount = ''] = ONE.exec(each) ?? [];
    return [key, amount === '' ? Number.NaN : Number(amount)];
  });
  const keys = new Set(pairs.map(([key]) => key));
  if (pairs.length > MOST || pairs.some(([, amount]) => Number.isNaN(amount)) || keys.size < pairs.length)
    throw new RequestError(400, 'badQuantity', 'quantities are setting:number, each once, with commas between them');
  return Object.fromEntries(pairs);
}
