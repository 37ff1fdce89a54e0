import { markdownCodeBlock } from './markdown-code.ts';
import { type Status, statusText } from './status-text.ts';

/** Whether what is in force is what a schedule expects: of the commit, fresh, ours, and the newest there was. */
export const isAsExpected = ({ drift, stale, unverifiable, behind }: Status): boolean =>
  !drift && !stale && unverifiable === undefined && behind === undefined;

/** What is not as expected, and what to do about each of it; for an issue. */
export function driftMarkdown(status: Status, environment: string): string {
  const { drift, stale, unverifiable, behind, releaseHold } = status;
  const command = (words: string): string => `\`proviso ${words} --env ${environment}\``;
  const steps = [
    unverifiable !== undefined &&
      `Somebody else wrote the head, or signed it with keys that are no longer ours. Readers refuse it. ${command('verify')} tells more.`,
    behind !== undefined && `The store lost releases. ${command('publish')} heals it.`,
    stale && `Nobody refreshed the release. See why the workflow \`refresh\` fails, and run ${command('refresh')}.`,
    drift &&
      (releaseHold === undefined
        ? `What was merged is not published. See why the workflow \`publish\` fails, and run ${command('publish')}.`
        : 'A rollback is in force. Merge what sets right why, and it is published.'),
  ];
  const list = steps.flatMap((step) => (step ? [`- ${step}\n`] : [])).join('');
  return `${markdownCodeBlock(statusText(status))}\n${list}`;
}
