// Where things lie in a bucket: docs/cloud.md, "Layout, version 1". Whoever changes a key here changes the layout, and its version.

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

/** What a row of the outbox tells of. */
export const keyOf = (row: {
  eventUid: string;
  kind: 'photo' | keyof typeof derivativeFolders;
  subject: string;
  extension: string;
}): string =>
  row.kind === 'photo'
    ? photoKey(row.eventUid, row.subject, row.extension)
    : derivativeKey(row.eventUid, row.subject, row.kind);

const isJpeg = (extension: string): boolean => ['', '.jpg', '.jpeg', '.jpe'].includes(extension);
