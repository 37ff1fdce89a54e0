/** Who may say who the accounts are beside a file of them, each loaded when it is asked: most who scan have such a file and nothing else. */
export const judgeLoaders = {
  terms: async () => (await import('./terms.ts')).terms,
} as const;
