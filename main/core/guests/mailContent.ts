import { z } from 'zod';
import { languageSchema } from '../../../preload/index.ts';

/** An e-mail that a guest has asked for: to whom, and the link to the gallery in the cloud. See mailPlaceOf. */
export const mailContentSchema = z.strictObject({
  to: z.email(),
  /** As the guest gave it. */
  name: z.string().optional(),
  language: languageSchema,
  url: z.url(),
  /** As it was called then. */
  eventName: z.string(),
});

export type MailContent = z.infer<typeof mailContentSchema>;
