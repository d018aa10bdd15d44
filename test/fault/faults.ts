import { fullDisk, lockedLibrary, nearlyFullDisk } from './disk.ts';
import { clock, flood, unplugged } from './folders.ts';
import type { Fault, Ground, Outcome } from './ground.ts';
import { hostile } from './hostile.ts';
import { kills } from './kills.ts';
import { lan } from './lan.ts';
import { print } from './print.ts';
import { sync } from './sync.ts';

export const faults: readonly Fault[] = [
  kills,
  fullDisk,
  nearlyFullDisk,
  lockedLibrary,
  unplugged,
  clock,
  hostile,
  flood,
  lan,
  print,
  sync,
];

/** Plays one, and clears away what it leaves, whatever happens. */
export async function playFault(fault: Fault, ground: Omit<Ground, 'defer'>, scale: number): Promise<Outcome> {
  const cleanUps: (() => Promise<unknown>)[] = [];
  try {
    return await fault.run({ ...ground, defer: (cleanUp) => cleanUps.push(cleanUp) }, scale);
  } finally {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  }
}
