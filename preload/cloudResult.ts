import { z } from 'zod';
import { languageSchema } from './language.ts';

// What is brought to the cloud of a visit: that there was one, what its guest agreed to, which photos were found and how they were handed over. Nothing of
// who it was: no name, no address, and no template.

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const cloudResultSchema = z.strictObject({
  version: z.literal(1),
  visit: z.uuid(),
  /** The event's own identifier. */
  event: z.string(),
  beganAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** Word for word what the guest agreed to, and when. */
  consent: z.strictObject({ language: languageSchema, version: z.string(), text: z.string(), at: z.iso.datetime() }),
  /** Those that are surely the guest's, and where the guest's face is in each: pixels of the upright original. */
  photos: z.array(
    z.strictObject({ sha256: sha256Schema, x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  ),
  deliveries: z.array(
    z.discriminatedUnion('kind', [
      /** Gone at the end of that day, where the event is. */
      z.strictObject({ kind: z.literal('code'), until: z.iso.date() }),
      z.strictObject({ kind: z.literal('link'), until: z.iso.date() }),
      z.strictObject({
        kind: z.literal('print'),
        at: z.iso.datetime(),
        template: z.string(),
        /** Asked for and not cancelled; and those of them that are out. */
        sheets: z.number().int().nonnegative(),
        printed: z.number().int().nonnegative(),
      }),
      z.strictObject({ kind: z.literal('mail'), at: z.iso.datetime() }),
    ]),
  ),
});

export type CloudResult = z.infer<typeof cloudResultSchema>;
