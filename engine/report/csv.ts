/** What a spreadsheet would take for a formula, in the scripts it knows. */
const FORMULA = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/**
 * Rows as comma-separated values (RFC 4180, lines end in CRLF). Text that a spreadsheet would run as a formula begins
 * with an apostrophe; numbers stay numbers.
 */
export const csv = (columns: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string =>
  [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
