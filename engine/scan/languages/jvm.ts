/** What Java and Kotlin share: the annotations and the derived queries of their frameworks. */
import type { Node, Shape } from '../syntax/language.ts';

/** Annotations that read a setting: what they name is a setting's name. */
export const SETTINGS = /^(Value|ConfigProperty|ConfigurationProperties|ConditionalOnProperty|Property|Named)$/;

/** Annotations that document, or that say how to reach another system. */
export const TELLS =
  /^(Schema|Operation|ApiModelProperty|ApiOperation|ApiResponses?|ApiParam|Parameter|Tag|Api|ExampleObject|Description|DisplayName|Deprecated|SuppressWarnings|Suppress|Generated|FeignClient|RegisterRestClient|Author|See|Epic|Story|JvmName)$/;

export const TESTS =
  /@(Test|ParameterizedTest|RepeatedTest|BeforeEach|BeforeAll|BeforeTest|Before|SpringBootTest|TestFactory)\b/;

/** What a derived query picks by is in its name: `findByAccountSlug("acme")`. */
export const DERIVED =
  /^(find|get|read|query|search|stream|count|exists|delete|remove|load|fetch)[A-Za-z]*By[A-Z][A-Za-z]*$/;

/** A package, or a resource of a screen: neither is looked up by account. */
export const ELSEWHERE = /^(com|org|net|io|dev|R)\b/;

/** Calls that are given both sides: `cb.equal(root.get("slug"), "acme")`, `wrapper.eq(Account::getSlug, "acme")`. */
export const BOTH_GIVEN = /^(equal|eq|ne|notEqual|like|equals)$/;

/** `"acme"::equals`, given to what looks through the things before it. */
export function reference(literal: Node | undefined, method: string, call: Node | undefined): Shape | undefined {
  const among = call?.field('object') ?? call?.children()[0]?.children()[0];
  return literal && among && /^(equals|equalsIgnoreCase|contains)$/.test(method)
    ? { is: 'comparison', operator: '==', left: literal, right: among }
    : undefined;
}
