// How the booth and its machine are: a check-up that starts everything once, and the figures of a booth at work.
export { badCheck, checkUp, diskOf, leastFreeBytes } from './checkUp.ts';
