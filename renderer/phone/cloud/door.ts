import { doorOfCode, doorOfToken, doorPath, galleryDaysPath, type DoorKeys } from '../../../preload/index.ts';
import type { Bucket } from './bucket.ts';
import { daysOf } from './parse.ts';

/** Where a guest's door lies, and what opens it. */
export interface Door {
  path: string;
  key: DoorKeys['key'];
}

export type FoundDoor = { kind: 'found'; door: Door } | { kind: 'missing' } | { kind: 'lost' };

const doorIn = (days: number, { id, key }: DoorKeys): Door => ({ path: doorPath(days, id), key });

export const doorOfLink = async (days: number, token: string): Promise<Door> => doorIn(days, await doorOfToken(token));

/** The door of a claim code, in whichever folder it lies. */
export const findDoor = async (bucket: Bucket, code: string): Promise<FoundDoor> => {
  const [keys, folders] = await Promise.all([doorOfCode(code), bucket.read(galleryDaysPath)]);
  if (folders.kind !== 'found') return folders;
  const doors = daysOf(folders.value).map((days) => doorIn(days, keys));
  const answers = await Promise.all(doors.map(({ path }) => bucket.read(path)));
  const door = doors.find((_, index) => answers[index]?.kind === 'found');
  if (door !== undefined) return { kind: 'found', door };
  return { kind: answers.some(({ kind }) => kind === 'lost') ? 'lost' : 'missing' };
};
