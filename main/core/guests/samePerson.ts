import type { PackTemplate } from '../matching/index.ts';
import { dot } from './fuse.ts';

// Two pictures of one person are at least so much alike, and those of two people hardly ever.
const leastScore = 0.35;

/** Templates of two packs are never compared. */
export const isSamePerson = (a: PackTemplate, b: PackTemplate): boolean =>
  a.packKey === b.packKey && dot(a.template, b.template) >= leastScore;

/** Whether nobody of these is somebody else. */
export const areAmong = (people: readonly PackTemplate[], known: readonly PackTemplate[]): boolean =>
  people.every((person) => known.some((other) => isSamePerson(person, other)));
