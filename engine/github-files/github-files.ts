import { exceptionForm } from '../request/exception-form.ts';
import { agendaWorkflow } from './agenda-workflow.ts';
import type { Way } from './job-steps.ts';
import { mergeQueueWorkflow } from './merge-queue-workflow.ts';
import { publishWorkflow } from './publish-workflow.ts';
import { requestWorkflow } from './request-workflow.ts';
import { reviewSubmittedWorkflow } from './review-submitted-workflow.ts';
import { reviewWorkflow } from './review-workflow.ts';
import { verifyWorkflow } from './verify-workflow.ts';

export interface GitHubFilesOptions extends Way {
  /** What the repository tests beside its terms, as YAML of the steps of a job. */
  steps?: string;
  /** Whom GitHub asks to review what decides over everything: `@acme/platform`. */
  owners: { terms: string; plans: string; machinery: string };
}

/** Everything below `.github/` that a repository of terms needs, by path. */
export const githubFiles = ({ owners, steps, ...way }: GitHubFilesOptions): Readonly<Record<string, string>> => ({
  '.github/workflows/verify.yml': verifyWorkflow(way, steps),
  '.github/workflows/merge-queue.yml': mergeQueueWorkflow(way),
  '.github/workflows/review.yml': reviewWorkflow(way),
  '.github/workflows/review-submitted.yml': reviewSubmittedWorkflow(),
  '.github/workflows/publish.yml': publishWorkflow(way),
  '.github/workflows/agenda.yml': agendaWorkflow(way),
  '.github/workflows/request.yml': requestWorkflow(way),
  '.github/CODEOWNERS': codeOwners(owners),
  '.github/pull_request_template.md': PULL_REQUEST,
  '.github/ISSUE_TEMPLATE/exception.yml': exceptionForm(),
  '.github/ISSUE_TEMPLATE/config.yml': 'blank_issues_enabled: true\n',
});

const codeOwners = ({
  terms,
  plans,
  machinery,
}: GitHubFilesOptions['owners']): string => `# Whom GitHub asks for a review by itself; the last line that fits counts. Who may approve what is in policies/approvers.yaml.
*            ${machinery}
/customers/  ${terms}
/plans/      ${plans}
/policies/   ${machinery}
/schemas/    ${machinery}
/.github/    ${machinery}
`;

const PULL_REQUEST = `<!-- What the change does to whom, and who must approve it, is worked out below by itself. Say what the files cannot. -->

**Why now**

**Who asked, and for whom**

**What was offered instead, or why nothing else would do**
`;
