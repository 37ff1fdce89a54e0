/** Why an earlier release was brought back: an object beside the release, whose hash its head names as its evidence. */
export interface RollbackReason {
  v: 1;
  kind: 'rollback';
  /** The number of the release that was brought back. */
  to: number;
  because: string;
  /** Who asked for it: a login of GitHub. */
  by?: string;
}

/** Whether an object beside a release is why it was brought back. */
export const isRollbackReason = (object: unknown): object is RollbackReason =>
  typeof object === 'object' &&
  object !== null &&
  Reflect.get(object, 'v') === 1 &&
  Reflect.get(object, 'kind') === 'rollback';
