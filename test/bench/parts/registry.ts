import type { Part } from '../part.ts';
import { abuse } from './abuse.ts';
import { change } from './change.ts';
import { http } from './http.ts';
import { million } from './million.ts';
import { notice } from './notice.ts';
import { parse } from './parse.ts';
import { peers } from './peers.ts';
import { plan } from './plan.ts';
import { publish } from './publish.ts';
import { read } from './read.ts';
import { reads } from './reads.ts';
import { ref } from './ref.ts';
import { scan } from './scan.ts';
import { start } from './start.ts';
import { stores } from './stores.ts';

export interface RegisteredPart {
  /** What it is about, as the heading of its table. */
  title: string;
  take: Part;
  /** Whether it runs only when it is named. */
  onDemand?: true;
}

/** Every comparison there is, in the order in which they are taken and shown. */
export const parts: Readonly<Record<string, RegisteredPart>> = {
  read: { title: 'Everything read and compiled', take: read },
  parse: { title: 'Files parsed', take: parse },
  peers: { title: 'Everything compiled, beside other tools', take: peers },
  change: { title: 'One customer changed', take: change },
  plan: { title: 'Plans changed for many customers', take: plan },
  ref: { title: 'Another commit read', take: ref },
  start: { title: 'Commands started', take: start },
  publish: { title: 'Everything published to a folder', take: publish },
  stores: { title: 'Everything published, store by store', take: stores },
  notice: { title: 'From a release to a reader', take: notice },
  reads: { title: 'A value read in a process', take: reads },
  http: { title: 'A customer read over HTTP', take: http },
  abuse: { title: 'Honest clients beside those that hold sockets', take: abuse },
  scan: { title: 'Source scanned', take: scan },
  million: { title: 'A million customers', take: million, onDemand: true },
};
