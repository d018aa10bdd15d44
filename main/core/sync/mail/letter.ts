import { z } from 'zod';
import { languageSchema } from '../../../../preload/index.ts';

/** What is sealed of an e-mail until it is sent, under the event's key. */
export const mailContentSchema = z.object({
  to: z.email().max(254),
  language: languageSchema,
  /** Of the guest's gallery. */
  url: z.url({ protocol: /^https?$/ }),
  /** What the guest wants to be called. */
  name: z.string().optional(),
  eventName: z.string(),
});

/** Where it is sealed. */
export const mailPlaceOf = (visitId: string): string => `mail/${visitId}`;

/** An e-mail as it is to be written. */
export interface Letter extends z.infer<typeof mailContentSchema> {
  /** The event's, `#rrggbb`. */
  accent: string;
  /** 'YYYY-MM-DD': the gallery is gone at the end of that day. */
  expiresOn: string;
}
