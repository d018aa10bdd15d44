import { z } from 'zod';
import { languageSchema } from '../../../preload/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { CloudGalleryRow, Store } from '../store/index.ts';

/** What is known of a guest's gallery in the cloud. Everything else that the guest comes back with stays under the guest's own code or link. */
const contentSchema = z.object({
  /** 32 bytes that open what is brought there, base 64. */
  key: z.base64(),
  language: languageSchema,
  packKey: z.string(),
  /** Float32, little endian, base 64. */
  probes: z.array(z.string()),
  /** The guest's own word on photos. */
  answers: z.array(z.object({ photoId: z.number().int(), isMe: z.boolean() })),
  /** By their hashes, best first. */
  photos: z.array(z.string()),
});

export type CloudGalleryContent = z.infer<typeof contentSchema>;

const placeOf = (visitId: string): string => `cloud/${visitId}`;

export const sealGallery = (sealer: Sealer, visitId: string, content: CloudGalleryContent): Buffer =>
  sealer.seal(placeOf(visitId), Buffer.from(JSON.stringify(content), 'utf8'));

/** @returns undefined where the event's key is gone */
export function unsealGallery(sealer: Sealer, { visitId, sealed }: CloudGalleryRow): CloudGalleryContent | undefined {
  const plain = sealer.unseal(placeOf(visitId), sealed);
  return plain && contentSchema.parse(JSON.parse(plain.toString('utf8')));
}

/** The gallery's photos that are shown still, best first. */
export const shownIn = ({ photos }: Store, eventId: number, { photos: hashes }: CloudGalleryContent) =>
  hashes.flatMap((sha256) => {
    const photoId = photos.idByHash(eventId, sha256);
    return (photoId === undefined ? undefined : photos.shown(eventId, photoId)) ?? [];
  });
