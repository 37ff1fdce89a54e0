import {
  aFunction,
  isRecord,
  isText,
  type Kind,
  type Kinds,
  millisecondsUpTo,
  oneOf,
  text,
  wholeFrom,
  yesOrNo,
} from './check-options.ts';
import type { OpenOptions } from './open-terms.ts';

const DAY = 86_400_000;
const reportOptions = ['name', 'every'];

const store = (says: string): Kind => ({
  holds: (value) => isText(value) || (isRecord(value) && ['get', 'getHead', 'close'].every((name) => name in value)),
  says: `${says}: a URL such as 'file:./.proviso/store', 'redis://…', 'postgres://…', 'nats://…' or 's3://…', or a store that is open`,
});

/** What each option of `openTerms` may be. */
export const openOptions: Kinds<OpenOptions> = {
  store: { ...store('where releases are read, often out of a variable of the environment'), isRequired: true },
  environment: text("the name of an environment, such as 'production'"),
  channel: text("the name of a channel, such as 'stable'"),
  reader: text("a name no other reader has, such as 'web-7'"),
  canary: text("the name of the channel of canaries, such as 'canary'"),
  keys: {
    holds: (value) => isText(value) || value instanceof Uint8Array,
    says: "the path of a keyset, such as 'keys/1.json' of the repository of terms, or its bytes",
  },
  unsigned: yesOrNo,
  cache: text("the path of a folder, such as '/var/lib/app/terms'"),
  bundle: store('a store that lies in the image'),
  atLeast: wholeFrom(0),
  load: oneOf('whole', 'lazy'),
  keep: wholeFrom(1),
  stale: oneOf('safeValues', 'asPublished'),
  follow: yesOrNo,
  // Hints may be lost, so that a reader which waits for them alone could stay behind for good.
  poll: millisecondsUpTo(DAY, '; a reader that is never to look by itself has `follow: false`, and `refresh()`'),
  report: {
    holds: (value) => isRecord(value) && Object.keys(value).every((name) => reportOptions.includes(name)),
    says: "an object such as { name: 'web-7', every: 60000 }, both of which may be left out",
  },
  onTrouble: aFunction('a function that is told what goes wrong'),
  now: aFunction('a function that says how many milliseconds have passed since 1970'),
};
