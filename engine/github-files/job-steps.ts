/** How a repository installs and runs proviso in a workflow. */
export interface Way {
  /** A line of shell: `npm ci --ignore-scripts`. */
  install: string;
  /** The command line before the command: `npx --no-install proviso`. */
  proviso: string;
}

// Pinned: a tag can be moved to other code by whoever owns it, a commit cannot.
const CHECKOUT = 'actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09 # v5.1.0';
const SETUP_NODE = 'actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0';

/** The first steps of every job: the files with their whole history, Node, and proviso. `ref`: another commit than that of the event. */
export function setUp({ install }: Way, ref?: string): string {
  const refLine = ref === undefined ? '' : `\n          ref: ${ref}`;
  return `      - uses: ${CHECKOUT}
        with:${refLine}
          fetch-depth: 0
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: '20.19'
          package-manager-cache: false
      - name: Install
        run: ${install}
`;
}

/** Code that has been merged, whatever the event is about. */
export const MERGED = '${{ github.event.repository.default_branch }}';
