/** GitHub refuses longer comments, and longer texts of check runs. */
const LONGEST = 65_000;

/** A Markdown text that GitHub takes: one that is too long ends at the end of a line, and says so. */
export function cutText(text: string, longest = LONGEST): string {
  if (Buffer.byteLength(text) <= longest) return text;
  const note = '\n\n… cut here: GitHub takes no longer texts. `proviso check` shows all of it.\n';
  const room = Buffer.from(text)
    .subarray(0, longest - Buffer.byteLength(note))
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  const end = room.lastIndexOf('\n');
  return room.slice(0, end > 0 ? end : undefined) + note;
}
