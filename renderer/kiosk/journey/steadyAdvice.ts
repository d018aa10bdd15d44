import type { Advice } from '../../../preload/index.ts';

/** What is said, and what would be said if it were seen once more. */
export interface SteadyAdvice {
  shown: Advice;
  next: Advice;
}

/** Words that changed with every frame could not be read: an advice has to be seen in two checks in a row before it is said. */
export const steady = (before: SteadyAdvice | undefined, seen: Advice): SteadyAdvice => ({
  shown: before === undefined || before.next === seen ? seen : before.shown,
  next: seen,
});
