import { z } from 'zod';

const documentSchema = z.object({
  title: z.string(),
  picture: z.string(),
  widthMm: z.number(),
  heightMm: z.number(),
  media: z.object({ name: z.string(), widthMm: z.number(), heightMm: z.number() }),
});

const asked = { number: z.number() };

/** What the test asks of its core. */
export const orderSchema = z.discriminatedUnion('verb', [
  z.object({ ...asked, verb: z.literal('printers') }),
  z.object({ ...asked, verb: z.literal('submit'), printer: z.string(), document: documentSchema }),
  z.object({ ...asked, verb: z.enum(['release', 'job', 'cancel']), job: z.string() }),
  /** How many windows shell has, and has had at a time. */
  z.object({
    ...asked,
    verb: z.literal('windows'),
    windows: z.object({ now: z.number(), most: z.number() }),
  }),
]);

export type Order = z.infer<typeof orderSchema>;
