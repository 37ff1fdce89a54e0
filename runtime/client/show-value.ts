const LONGEST = 60;

/** A value somebody gave, for the message that refuses it; of what is long its beginning. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  }
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'a Date that is none' : 'a Date';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
