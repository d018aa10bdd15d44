import {
  contentsPath,
  doorPath,
  galleryFragment,
  galleryPagePath,
  type CloudDoor,
  type CloudDoorContent,
  type DoorKeys,
} from '../../../preload/index.ts';
import { seal } from '../keys/index.ts';
import type { DoorRow } from '../store/index.ts';

/** What a code or a link opens in the cloud. See [Note: Cloud galleries]. */
export interface Door {
  /** Of the folder that it lies in, whose objects last so many days. */
  days: number;
  /** What it is found by and opened with, of one that was just made; of one that is there already nothing else is known. */
  keys: DoorKeys | undefined;
}

/** What a door leads to. */
export interface CloudContentsKey {
  contentsId: string;
  days: number;
  /** 32 bytes, base 64. */
  key: string;
}

/** A door as it is brought to the cloud, once and for all. @returns undefined for one that is there already */
export function doorRowOf({ days, keys }: Door, to: CloudContentsKey): DoorRow | undefined {
  if (keys === undefined) return undefined;
  const content: CloudDoorContent = { contents: contentsPath(to.days, to.contentsId), key: to.key };
  const sealed = seal(Buffer.from(keys.key), doorPath(days, keys.id), Buffer.from(JSON.stringify(content), 'utf8'));
  const door: CloudDoor = { version: 1, sealed: sealed.toString('base64') };
  return { id: keys.id, days, bytes: Buffer.from(JSON.stringify(door), 'utf8') };
}

/** Where a link's gallery is found from anywhere. @param galleryUrl of the bucket, as phones reach it */
export const homeUrlOf = (galleryUrl: string, days: number, token: string): string =>
  `${galleryUrl}${galleryPagePath}#${galleryFragment(days, token)}`;

/** The same for whoever has the code, to be typed. */
export const shortHomeAddressOf = (galleryUrl: string): string =>
  `${galleryUrl}${galleryPagePath}`.replace(/^https?:\/\//, '');
