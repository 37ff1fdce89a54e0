const DAY = 86_400_000;

/** Whole days until an instant; negative once it is over. */
export const daysLeft = (expires: string, now: number): number => Math.floor((Date.parse(expires) - now) / DAY);
