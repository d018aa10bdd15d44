import type { CloudContents, CloudDoor, CloudGallery, CloudPhoto } from '../../../preload/index.ts';

// The boundary to the bucket: what preload's schemas say, by hand, because the schemas' library would be most of what a phone loads. What was sealed has
// been written by a booth and by nobody else, so that of it only what the page relies on is looked at.

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isSize = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isMoment = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

/** Shorter than a nonce and a tag is nothing that was sealed. */
const shortestSealed = 40;
const keyBytes = 32;

const isBase64 = (value: unknown): value is string =>
  isText(value) && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

/** A door, or contents. */
export const isSealedObject = (value: unknown): value is CloudDoor | CloudContents =>
  isFields(value) && value['version'] === 1 && isBase64(value['sealed']) && value['sealed'].length >= shortestSealed;

/** What lies behind a door: where the contents are, and what opens them. */
export const behindDoorOf = (value: unknown): { contents: string; key: Uint8Array<ArrayBuffer> } | undefined => {
  if (!isFields(value) || !isText(value['contents']) || !isBase64(value['key'])) return undefined;
  const key = Uint8Array.from(atob(value['key']), (char) => char.charCodeAt(0));
  return key.length === keyBytes ? { contents: value['contents'], key } : undefined;
};

const isPhoto = (value: unknown): value is CloudPhoto =>
  isFields(value) &&
  [value['id'], value['width'], value['height'], value['burstId'] ?? 1].every(isSize) &&
  isMoment(value['takenAt']) &&
  [value['thumbnail'], value['screen'], value['original'] ?? ''].every(isText);

export const isCloudGallery = (value: unknown): value is CloudGallery =>
  isFields(value) &&
  value['version'] === 1 &&
  isFields(value['event']) &&
  isText(value['event']['name']) &&
  isText(value['event']['accent']) &&
  /^#[0-9a-f]{6}$/i.test(value['event']['accent']) &&
  (value['language'] === 'fr' || value['language'] === 'en') &&
  isMoment(value['expiresAt']) &&
  typeof value['mayDownload'] === 'boolean' &&
  typeof value['isLive'] === 'boolean' &&
  Array.isArray(value['photos']) &&
  value['photos'].every(isPhoto);

/** Folders of doors; none of what is not said as it should be. */
export const daysOf = (value: unknown): number[] => (Array.isArray(value) ? value.filter(isSize) : []);
