import { z } from 'zod';

// What shell asks of core, which it supervises, and the one thing that it hands over: an end of the line to each window.

export const derivativeSizeSchema = z.enum(['thumbnail', 'screen']);

const windowSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('kiosk') }),
  z.object({ mode: z.literal('window'), width: z.number().int().positive(), height: z.number().int().positive() }),
]);

export const boothContract = {
  /** What shell has to know to open a window and to serve its pictures. Answered at once, before the library is open. */
  present: {
    request: z.object({}),
    reply: z.object({
      window: windowSchema,
      /** Holds `thumbnail` and `screen`; in each, two letters of a hash, then the hash with `.jpg`. */
      derivativesDir: z.string(),
      /** Holds the pictures of the events' own, each under the name that `brandingUrl` has. */
      brandingDir: z.string(),
      /** Holds the sheets' pictures, each under the name that `pageUrl` has. */
      printsDir: z.string(),
      /** A second display, where there is one, shows the staff's window all the time. */
      usesSecondDisplay: z.boolean(),
    }),
  },
  /** Whether nobody has set the booth up yet, and the staff's window is to open by itself. Answered once the library is open. */
  needsSetup: { request: z.object({}), reply: z.object({ needsSetup: z.boolean() }) },
  /** Makes a derivative that is not there. @returns false for a photo that the library does not have, or cannot read */
  derive: {
    request: z.object({ sha256: z.string(), size: derivativeSizeSchema }),
    reply: z.object({ isThere: z.boolean() }),
  },
};

/** Shell to core, over the process's own line; it carries one end of a MessageChannel whose other end a window has. */
export const windowMessageSchema = z.object({
  type: z.literal('booth:window'),
  kind: z.enum(['kiosk', 'staff']),
});

export type WindowKind = z.infer<typeof windowMessageSchema>['kind'];
export type BoothContract = typeof boothContract;
export type WindowMessage = z.infer<typeof windowMessageSchema>;
