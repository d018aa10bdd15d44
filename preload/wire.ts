import { z } from 'zod';

// What goes over the MessagePort between a window and core: envelopes; what is in them is described in contract.ts.

/** Window to core. */
export const askSchema = z.strictObject({
  type: z.literal('ask'),
  id: z.number().int().nonnegative(),
  method: z.string(),
  payload: z.unknown(),
});

/** Core to window. */
export const toldSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reply'), id: z.number().int().nonnegative(), value: z.unknown() }),
  z.strictObject({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);

export type Ask = z.infer<typeof askSchema>;
export type Told = z.infer<typeof toldSchema>;
