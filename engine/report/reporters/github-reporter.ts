import { formatWorkflowCommands, withoutWorkflowCommands } from '../format-workflow-commands.ts';
import type { Reporter } from '../reporter.ts';
import { isCounted } from '../tracked.ts';
import { formatMarkdown } from './markdown-reporter.ts';

/** For a step of GitHub Actions: annotations and the result in the log, the Markdown as the step's summary. */
export const githubReporter: Reporter = (finding, { folder, hasSummary }) => ({
  out:
    formatWorkflowCommands([...finding.diagnostics, ...(finding.tracked ?? []).filter(isCounted)], {
      folder,
      hasSummary,
    }) + withoutWorkflowCommands(finding.text?.() ?? ''),
  summary: () => formatMarkdown(finding),
});
