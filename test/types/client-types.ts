/*
 * What the types of a reader say, and what they refuse. The compiler is the test: a line below `@ts-expect-error` that
 * is no error fails. `types.test.ts` proves that each of them is one.
 */
import { type Account, openTerms, type Terms } from '../../runtime/index.ts';
import type { settings } from '../fixtures/release/published-company.ts';

type Company = typeof settings;

/** True only where both are the very same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

export async function settingsOf(terms: Terms<Company>): Promise<void> {
  const view = await terms.customer('harbor');
  // @ts-expect-error the customer may not be there
  void view.settings;
  if (!view) return;
  const { seats, storageGb, sso, region, greeting, formats } = view.settings;
  same<typeof seats, number>(true);
  same<typeof storageGb, number>(true);
  same<typeof sso, boolean>(true);
  same<typeof region, 'us' | 'eu'>(true);
  same<typeof greeting, string>(true);
  same<typeof formats, readonly string[]>(true);
  // @ts-expect-error no such setting
  void view.settings.seatz;
  // @ts-expect-error a limit is a number, unlimited is Infinity
  if (view.settings.apiCalls === 'unlimited') return;
  // @ts-expect-error no such choice
  if (view.settings.region === 'mars') return;
  // @ts-expect-error read only
  view.settings.seats = 9;
  // @ts-expect-error a list is read only
  formats.push('pdf');
  // @ts-expect-error no such setting
  view.explain('seatz');
  same<ReturnType<typeof view.at>, typeof view>(true);
  // @ts-expect-error an instant is a Date
  view.at(1_780_000_000_000);
}

export function accountsOf(terms: Terms<Company>): void {
  void terms.account({ account: 'u_1', plan: 'studio@2', quantities: { seats: 7 } });
  // @ts-expect-error no such setting
  void terms.account({ account: 'u_1', plan: 'studio@2', quantities: { seatz: 7 } });
  // @ts-expect-error a quantity is a number
  void terms.account({ account: 'u_1', plan: 'studio@2', quantities: { seats: '7' } });
  // @ts-expect-error which account
  void terms.account({ plan: 'studio@2' });
}

/** Without a catalogue every name may be a setting. */
export async function untyped(): Promise<void> {
  const terms = await openTerms({ store: 'file:./store' });
  const view = await terms.account({ account: 'u_1', quantities: { anything: 7 } } satisfies Account);
  const anything: unknown = view.settings.anything;
  void anything;
  // @ts-expect-error not known to be a number
  void (view.settings.anything + 1);
}
