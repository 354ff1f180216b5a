// Waiting times between tries. Full jitter: somewhere between nothing and twice the last limit, so that two
// hundred people whose server came back do not all knock at the same moment.
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

const FIRST = 1_000;
const LONGEST = 30_000;

/** Milliseconds before the next try, after `failures` tries in a row that failed. `random` from 0 to below 1. */
export function fullJitter(failures: number, random: () => number): number {
  return random() * Math.min(LONGEST, FIRST * 2 ** failures);
}
