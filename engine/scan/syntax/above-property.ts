import { plainName } from './beside.ts';
import { isEnvironment, isLog } from './called-for.ts';
import { callRoles } from './calls.ts';
import { hasWhere } from './column-of.ts';
import { covers, textOf } from './covers.ts';
import type { Language, Node } from './language.ts';
import { shapeOf } from './shape-of.ts';
import type { How, Situation } from './situation.ts';
import type { Way } from './way.ts';

/** `{ account: { slug: … } }`: the key of the map a pair stands in. */
export function keyAbove(pair: Node, language: Language): string | undefined {
  const map = pair.parent();
  const outer = map?.parent();
  const shape = outer && shapeOf(outer, language);
  return map && shape?.is === 'pair' && shape.value && covers(shape.value, map)
    ? plainName(shape.key.text())
    : undefined;
}

/** What a property is given to, with what holds it: a query, a decorator, a constant. */
export function readAbove(pair: Node, way: Way, language: Language): Partial<Situation> & { how?: How } {
  const holders = [...way.holders];
  for (let child = pair, parent = pair.parent(); parent; child = parent, parent = parent.parent()) {
    const shape = shapeOf(parent, language, child);
    if (!shape) break;
    if (shape.is === 'call') {
      const roles = callRoles(shape.name);
      const name = shape.receiver ? `${textOf(shape.receiver)}.${shape.name}` : shape.name;
      if (isLog(name, roles)) return { how: 'held', holders: [] };
      if (shape.decorator) return { how: 'decorator', subject: name };
      // `env.list('BETA_TENANTS', default=['acme'])`
      const [first] = shape.arguments;
      if (
        first &&
        !covers(first, pair) &&
        (isEnvironment(shape.receiver ? textOf(shape.receiver) : '') || roles.includes('environment'))
      )
        return { how: 'fallback', subject: textOf(first), holders: [] };
      holders.push(name);
      // `Account.where(slug: …)`: a column of what is asked.
      if (roles.includes('query') || shape.arguments.some(hasWhere))
        return {
          how: 'query',
          holders,
          ...(shape.receiver && { subject: columnIn(shape.receiver, pair, way, language) }),
        };
    }
    if (shape.is === 'pair') holders.push(plainName(shape.key.text()));
    if (shape.is === 'binding') {
      holders.push(plainName(shape.name.text()));
      if (shape.type) holders.push(shape.type.text());
      break;
    }
    if (shape.is === 'silent') return { how: 'held', holders: [] };
    if (shape.is === 'scope' || shape.is === 'case') break;
  }
  return { holders };
}

/** Words of a condition that name no thing. */
const CONDITIONS =
  /^(where|not|and|or|filter|data|some|every|none|is|isnot|equals|query|params|match|must|should|term|terms|bool)$/i;

/** The thing a column is of: the key around it (`NOT: { account: { slug } }`), else what is asked. */
function columnIn(receiver: Node, pair: Node, way: Way, language: Language): string {
  const key = way.holders.at(-1) ?? '';
  const outer = keyAbove(pair, language);
  return outer !== undefined && !CONDITIONS.test(outer) ? `${outer}.${key}` : `${receiver.text().slice(-150)}.${key}`;
}
