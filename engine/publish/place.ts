/** Whose heads belong in a place. */
export interface Place {
  repo: string;
  env: string;
  channel: string;
}
