const timeDigits = 13;

/** A report and until when it counts, in milliseconds since 1970, for places that cannot forget on time. */
export const frameReport = (bytes: Uint8Array, until: number): Uint8Array =>
  Buffer.concat([Buffer.from(String(Math.ceil(until)).padStart(timeDigits, '0')), bytes]);

/** The report, or undefined where it was taken back or its time is over. What no client framed comes without bytes. */
export function openReport(framed: Uint8Array, now: number): Uint8Array | undefined {
  if (framed.length === 0) return undefined;
  const until = Buffer.from(framed.buffer, framed.byteOffset, Math.min(timeDigits, framed.length)).toString('latin1');
  if (!/^\d{13}$/.test(until)) return new Uint8Array();
  return Number(until) > now ? framed.subarray(timeDigits) : undefined;
}

/** The largest report with its frame. */
export const framedBytes = (reportBytes: number): number => reportBytes + timeDigits;
