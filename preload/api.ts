import { z } from 'zod';
import { consentSchema, eventCodeSchema } from './eventContract.ts';
import { faultCodes } from './fault.ts';
import { languageSchema } from './language.ts';

// [Note: Phones' API] What phones and the LAN server say to each other, described once: the server validates with it what it is sent and describes itself
// with it (`/api/openapi.json`), the pages take their types from it.

/** 128 random bits, base64url. Whoever holds it is the guest: it opens what is kept of them, and nothing else does. */
export const guestTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** What a request is refused with; the status of the answer says of which kind it is. */
export const refusalSchema = z.strictObject({
  code: z.enum(faultCodes),
  /** In the language of the guest. */
  message: z.string(),
});

const photoIdSchema = z.number().int().positive();
const photoSizes = ['thumbnail', 'screen', 'download'] as const;

/** What a page has to know of the event before anything else. */
export const phoneEventSchema = z.strictObject({
  /** What guests type; told only to a phone that may register. */
  code: z.string().optional(),
  name: z.string(),
  /** `#rrggbb`, the event's colour. */
  accent: z.string(),
  /** Address of the event's own logo. */
  logoUrl: z.string().optional(),
  /** The first is spoken where the phone speaks none of them. */
  languages: z.array(languageSchema).min(1),
  consents: z.partialRecord(languageSchema, consentSchema),
  /** Whether guests are served now. */
  isOpen: z.boolean(),
  /** Whether a guest may take the selfie on the phone. */
  mayRegister: z.boolean(),
  /** Whether a guest who registers is asked for an e-mail address. */
  asksEmail: z.boolean(),
  /** Whether the booth sends the link to the gallery to that address; otherwise it keeps the address for whoever runs the event. */
  sendsLink: z.boolean(),
});

export const registrationSchema = z.strictObject({
  eventCode: eventCodeSchema,
  language: languageSchema,
  /** The version of the text that the guest has agreed to. */
  consent: z.strictObject({ version: z.string().min(1).max(40) }).optional(),
  name: z.string().trim().max(80).optional(),
  email: z.email().max(254).optional(),
});

export const registeredSchema = z.strictObject({
  guestToken: guestTokenSchema,
  /** Nothing is kept of the guest after that moment; ISO 8601. */
  expiresAt: z.iso.datetime(),
});

export const selfieAcceptedSchema = z.strictObject({ jobId: z.string() });

/** What became of a selfie. It is told to whoever knows the job's id, which is as hard to guess as a token. */
export const selfieJobSchema = z.strictObject({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** Of a selfie that failed: what is to be done better. */
  code: z.enum(faultCodes).optional(),
  message: z.string().optional(),
  /** Of one that is done: where the photos are, from the server's root on. */
  galleryUrl: z.string().optional(),
  /** How many there are now. */
  photos: z.number().int().nonnegative().optional(),
});

/** The short code that the kiosk gives. */
export const openingSchema = z.strictObject({ code: z.string().max(40) });
export const openedSchema = z.strictObject({ guestToken: guestTokenSchema, galleryUrl: z.string() });

export const galleryPhotoSchema = z.strictObject({
  id: photoIdSchema,
  /** Of the upright original, pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Local time of capture, 'YYYY-MM-DDTHH:MM:SS'. */
  takenAt: z.iso.datetime({ local: true, offset: false }),
  /** The same for all photos of a burst. */
  burstId: photoIdSchema.optional(),
});

export const gallerySchema = z.strictObject({
  /** Best first; of a burst the best, with the others behind it. */
  photos: z.array(galleryPhotoSchema),
  /** The guest is asked about these. */
  maybe: z.array(galleryPhotoSchema),
  language: languageSchema,
  expiresAt: z.iso.datetime(),
  mayDownload: z.boolean(),
  /** Whether what is downloaded has the original's size; else that of a screen. */
  isOriginalSize: z.boolean(),
  /** Whether the guest has been looked for at all yet. */
  hasSelfie: z.boolean(),
  /** Whether photos may still come. */
  isLive: z.boolean(),
});

/** The guest's word on a photo goes over the score. */
export const answerSchema = z.strictObject({ photoId: photoIdSchema, isMe: z.boolean() });

/** How many faces went out of the event's photos. */
export const erasedSchema = z.strictObject({ faces: z.number().int().nonnegative() });

export const photoSizeSchema = z.enum(photoSizes);
/** `thumbnail` for the mosaic, `screen` to be looked at, `download` to be kept. */
export type PhotoSize = z.infer<typeof photoSizeSchema>;
export type PhoneEvent = z.infer<typeof phoneEventSchema>;
export type Registration = z.infer<typeof registrationSchema>;
export type Registered = z.infer<typeof registeredSchema>;
export type SelfieAccepted = z.infer<typeof selfieAcceptedSchema>;
export type SelfieJob = z.infer<typeof selfieJobSchema>;
export type Opened = z.infer<typeof openedSchema>;
export type Gallery = z.infer<typeof gallerySchema>;
export type GalleryPhoto = z.infer<typeof galleryPhotoSchema>;
export type GalleryAnswer = z.infer<typeof answerSchema>;
export type Erased = z.infer<typeof erasedSchema>;
export type Refusal = z.infer<typeof refusalSchema>;
