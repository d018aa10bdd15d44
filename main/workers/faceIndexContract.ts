import { z } from 'zod';
import { float32Schema } from './typedArrays.ts';

const idSchema = z.number().int().nonnegative();

const matchSchema = z.object({
  photoId: idSchema,
  /** The face of that photo that is most like the probe. */
  faceId: idSchema,
  /** Cosine similarity, -1..1. */
  score: z.number(),
  /** The same with the most alike of the surest other matches, where there is any. */
  kin: z.number().optional(),
});

export const faceIndexContract = {
  /** Adds faces to an event's index; column by column, so that filling it is one copy. */
  add: {
    request: z.object({
      eventId: idSchema,
      faceIds: z.array(idSchema),
      photoIds: z.array(idSchema),
      /** Float32Array [faces * dimensions], rows of unit length, in the order of faceIds. */
      templates: float32Schema,
    }),
    reply: z.object({ faces: z.number().int() }),
  },
  /** Takes these faces out again. */
  remove: {
    request: z.object({ eventId: idSchema, faceIds: z.array(idSchema) }),
    reply: z.object({ faces: z.number().int() }),
  },
  /** Every photo of the event with a face at or above the threshold, its best face only, best photo first. */
  search: {
    request: z.object({
      eventId: idSchema,
      probe: float32Schema,
      threshold: z.number().min(-1).max(1),
      /** The score from which on a match is one of the surest: each other match is compared with these as well. */
      kinFrom: z.number().optional(),
    }),
    reply: z.object({ matches: z.array(matchSchema), searchedFaces: z.number().int() }),
  },
};

export type FaceIndexContract = typeof faceIndexContract;
export type IndexMatch = z.infer<typeof matchSchema>;
