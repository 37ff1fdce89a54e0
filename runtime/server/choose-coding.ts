/** How a body is compressed. */
export type Coding = 'br' | 'gzip';

const known = new Map<string, Coding | undefined>();

/** What of an `Accept-Encoding` suits best; undefined: as it is. */
export function chooseCoding(accepted: string | undefined): Coding | undefined {
  if (accepted === undefined) return undefined;
  // Clients say the same few things again and again; whoever makes some up does not fill the memory with them.
  if (known.has(accepted)) return known.get(accepted);
  const chosen = choose(accepted);
  if (known.size < 256 && accepted.length < 256) known.set(accepted, chosen);
  return chosen;
}

function choose(accepted: string): Coding | undefined {
  const weights = new Map<string, number>();
  for (const said of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = said.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  const weightOf = (coding: Coding): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const best = weightOf('br') >= weightOf('gzip') ? 'br' : 'gzip';
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : undefined;
}
