import { z } from 'zod';
import { galleryPhotoSchema } from './api.ts';
import { languageSchema } from './language.ts';

// [Note: Cloud galleries] A guest's gallery in the bucket: all that a phone needs, and nothing that anybody else could read. What a guest holds, a link or a
// claim code, is turned into the name of an object, the door, and the key that it opens with (cloudDoor.ts). Behind the door lies the key to the contents,
// which are one object for all doors of a guest and are written anew when photos come. Both are sealed: whoever has the whole bucket, and no guest's link,
// learns how many galleries there are. A door is written once, so that the bucket's own rule against old objects ends it on the day that the guest was told;
// contents that are younger cannot be opened any more by then.

/** An object that is sealed: AES-256-GCM, nonce (12 bytes), tag (16), ciphertext, base 64. Its own name is the associated data. */
const sealedSchema = z.base64();

/** `galleries/DAYSd/doors/ID.json`. Sealed in it: doorContentSchema. */
export const doorSchema = z.strictObject({ version: z.literal(1), sealed: sealedSchema });
/** Where the contents lie, from the bucket's prefix on, and 32 bytes that open them, base 64. */
export const doorContentSchema = z.strictObject({ contents: z.string(), key: z.base64() });

/** `galleries/DAYSd/contents/ID.json`. Sealed in it: cloudGallerySchema. */
export const contentsSchema = z.strictObject({ version: z.literal(1), sealed: sealedSchema });

const cloudPhotoSchema = z.strictObject({
  ...galleryPhotoSchema.shape,
  /** Keys of its pictures, from the bucket's prefix on; without the last it is not to be had in its original size. */
  thumbnail: z.string(),
  screen: z.string(),
  original: z.string().optional(),
});

export const cloudGallerySchema = z.strictObject({
  version: z.literal(1),
  event: z.strictObject({ name: z.string(), accent: z.string() }),
  language: languageSchema,
  /** Nothing is shown after that moment; ISO 8601. */
  expiresAt: z.iso.datetime(),
  mayDownload: z.boolean(),
  /** Whether photos may still come. */
  isLive: z.boolean(),
  /** Best first; of a burst the best, with the others behind it. */
  photos: z.array(cloudPhotoSchema),
});

/** `gallery/days.json`: in which folders a door may lie for whoever has only a claim code. */
export const galleryDaysSchema = z.array(z.number().int().positive());

export type CloudDoor = z.infer<typeof doorSchema>;
export type CloudDoorContent = z.infer<typeof doorContentSchema>;
export type CloudContents = z.infer<typeof contentsSchema>;
export type CloudPhoto = z.infer<typeof cloudPhotoSchema>;
export type CloudGallery = z.infer<typeof cloudGallerySchema>;
