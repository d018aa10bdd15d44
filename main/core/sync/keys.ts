// Where things lie in a bucket: docs/cloud.md, "Layout, version 1". Whoever changes a key here changes the layout, and its version.

import { contentsPath, doorPath, galleryPagePath } from '../../../preload/index.ts';
import type { OutboxRow } from '../store/index.ts';

export const layoutVersion = 1;

/** Sizes in which a photo is shown, by the folder in which its copies lie. */
const derivativeFolders = { thumbnail: 'thumbnails', screen: 'screens' } as const;

/** Everything of an event lies under it. */
export const eventPrefix = (eventUid: string): string => `events/${eventUid}/`;

/**
 * A photo as it was handed in.
 *
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param extension of the file it came as, with its dot
 */
export const photoKey = (eventUid: string, sha256: string, extension = '.jpg'): string =>
  `${eventPrefix(eventUid)}photos/${sha256}${isJpeg(extension) ? '.jpg' : extension}`;

/**
 * A photo as it is shown.
 *
 * @param sha256 of the photo, not of the copy: whoever knows the one finds the other
 */
export const derivativeKey = (eventUid: string, sha256: string, size: keyof typeof derivativeFolders): string =>
  `${eventPrefix(eventUid)}${derivativeFolders[size]}/${sha256}.jpg`;

/** What was found for a guest. @param visitId a UUID */
export const resultKey = (eventUid: string, visitId: string): string =>
  `${eventPrefix(eventUid)}results/${visitId}.json`;

/** That a guest was erased. @param visitId a UUID */
export const erasureKey = (eventUid: string, visitId: string): string =>
  `${eventPrefix(eventUid)}erasures/${visitId}.json`;

/** A file of the pages that open galleries. @param path in their folder */
export const pageKey = (path: string): string => (path === 'index.html' ? galleryPagePath : path);

/** Everything in it goes by itself so many days after it was written. */
export const galleriesPrefix = (days: number): string => `galleries/${String(days)}d/`;

/** Of a row that tells of a gallery or a door. */
export function placeOf({ subject }: Pick<OutboxRow, 'subject'>): { days: number; id: string } {
  const [days = '', id = ''] = subject.split('d/');
  return { days: Number(days), id };
}

/** What a row of the outbox tells of. @throws for what lies in no bucket */
export function keyOf(row: Pick<OutboxRow, 'eventUid' | 'kind' | 'subject' | 'extension'>): string {
  const { eventUid, kind, subject, extension } = row;
  const { days, id } = placeOf(row);
  switch (kind) {
    case 'photo':
      return photoKey(eventUid, subject, extension);
    case 'thumbnail':
    case 'screen':
      return derivativeKey(eventUid, subject, kind);
    case 'result':
      return resultKey(eventUid, subject);
    case 'erasure':
      return erasureKey(eventUid, subject);
    case 'gallery':
      return contentsPath(days, id);
    case 'door':
      return doorPath(days, id);
    case 'page':
      return pageKey(subject);
    case 'guest':
    case 'selfie':
    case 'mail':
      throw new Error(`${kind} is nothing that lies in a bucket`);
  }
}

const isJpeg = (extension: string): boolean => ['', '.jpg', '.jpeg', '.jpe'].includes(extension);
