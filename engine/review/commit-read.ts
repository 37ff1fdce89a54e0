/** Only what is needed of a push. */
interface Push {
  commit: string;
  /** ISO instant. */
  at: string;
}

/**
 * The commit a review was given on. A force-push of what GitHub takes for the same patch moves the review to the new head, which its author
 * has never seen: a commit that came only later gives way to the one the branch ended in at that time; null where nobody knows that one.
 * `pushes`: newest first.
 */
export function commitRead(claimed: string | null, submittedAt: string, pushes: readonly Push[]): string | null {
  const isBefore = ({ at }: Push): boolean => Date.parse(at) <= Date.parse(submittedAt);
  const ofClaimed = pushes.filter(({ commit }) => commit === claimed);
  if (ofClaimed.length === 0 || ofClaimed.some(isBefore)) return claimed;
  return pushes.find(isBefore)?.commit ?? null;
}
