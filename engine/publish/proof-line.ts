/** One thing that is to be proven of a release. */
export interface ProofLine {
  proof: 'signature' | 'history' | 'witness' | 'content' | 'objects' | 'origin' | 'approvals';
  /** `unprovable`: not from here, for the reason given; nothing is said of it. */
  result: 'ok' | 'failed' | 'unprovable';
  message: string;
  /** What is damaged, missing or edited, each by its hash. */
  named?: readonly { hash: string; what: string }[];
}

export const ok = (proof: ProofLine['proof'], message: string): ProofLine => ({ proof, result: 'ok', message });

export const failed = (
  proof: ProofLine['proof'],
  message: string,
  named?: NonNullable<ProofLine['named']>,
): ProofLine => ({ proof, result: 'failed', message, ...(named && { named }) });

export const unprovable = (proof: ProofLine['proof'], message: string): ProofLine => ({
  proof,
  result: 'unprovable',
  message,
});
