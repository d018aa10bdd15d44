import { wrongClock } from './wrongClock.ts';

const everyMs = 1_500;
const jumpsHours = [3, -7, 26, -24, 0.5, 1, -2];

/** From now on the clock of this process is wrong by hours, and by others every now and then, as where a network sets it or somebody does. */
export function jumpClock(): void {
  const clock = wrongClock();
  let aheadMs = 0;
  let jumps = 0;
  setInterval(() => {
    aheadMs += jumpsHours[jumps % jumpsHours.length] * 3_600_000;
    jumps += 1;
    clock.setAhead(aheadMs);
  }, everyMs).unref();
}
