import { z } from 'zod';
import { languageSchema } from './language.ts';
import { printSettingsSchema } from './printContract.ts';

// An event as staff set it up. Core keeps it, the staff station edits it, an exported folder carries it.

/** A file of the event's own pictures: the SHA-256 of its bytes, with its ending. Its address: `brandingUrl`. */
export const brandingFileSchema = z.string().regex(/^[0-9a-f]{64}\.(png|jpg)$/);

/** What guests type, and what tells events apart for people. */
export const eventCodeSchema = z.string().trim().min(1).max(200);

// A clock that was never set is some years behind.
const longestCorrection = 50 * 366 * 24 * 3600;

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const fits =
  (bytes: number) =>
  (text: string): boolean =>
    new TextEncoder().encode(text).byteLength <= bytes;

export const watchedFolderFields = {
  path: z.string().min(1).max(4096),
  photographer: z.string().trim().max(80).default(''),
  /** What has to be added to the camera's clock, seconds. */
  clockCorrectionSeconds: z.number().int().min(-longestCorrection).max(longestCorrection).default(0),
  isOn: z.boolean().default(true),
};

/** A folder whose photos are taken in, with all folders in it; it is only read. A path alone is one with nothing else to say of it. */
export const watchedFolderSchema = z.preprocess(
  (given) => (typeof given === 'string' ? { path: given } : given),
  z.strictObject(watchedFolderFields),
);

export const eventSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).default('FindMe'),
  /** Local dates of the event's own time zone, both of them inclusive. */
  startsOn: z.iso.date().optional(),
  endsOn: z.iso.date().optional(),
  /** Of the IANA. */
  timeZone: z.string().refine(isTimeZone, 'the name of a time zone').default('Europe/Paris'),
  /** The first is spoken until a guest chooses another. */
  languages: z.array(languageSchema).min(1).default(['fr', 'en']),
  /** The event's colour, `#rrggbb`. */
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb')
    .default('#F2573D'),
  logo: brandingFileSchema.optional(),
  attractPictures: z.array(brandingFileSchema).max(12).default([]),
  /** What guests may do. */
  may: z
    .strictObject({
      /** Look through all photos without a selfie. */
      browse: z.boolean().default(true),
      download: z.boolean().default(true),
      print: z.boolean().default(true),
      /** Have the photos in their original size, where they may download them. */
      originalSize: z.boolean().default(false),
      /** Take the selfie on their own phone. */
      ownPhone: z.boolean().default(true),
    })
    .prefault({}),
  /** Where guests may print. */
  print: printSettingsSchema.prefault({}),
  /** The network that guests' phones are to join, so that they reach the booth. */
  wifi: z
    .strictObject({
      /** Its name (SSID): at most 32 bytes. */
      name: z.string().min(1).refine(fits(32), 'at most 32 bytes'),
      /** WPA; empty for a network that is open to all. */
      password: z.string().max(63).default(''),
      isHidden: z.boolean().default(false),
    })
    .optional(),
  /** The event's own words in place of the built-in ones; paragraphs are parted by an empty line. */
  consentTexts: z.partialRecord(languageSchema, z.string().trim().min(1).max(4000)).default({}),
  /** For so many days what is known of a guest is kept, and after the event's last day all templates. */
  retentionDays: z.number().int().min(1).max(3650).default(30),
  /** Folders whose photos are taken in. */
  folders: z.array(watchedFolderSchema).max(32).default([]),
});

/**
 * `draft`: being prepared. `open`: guests are served. `closed`: guests are not served any more, everything is kept.
 * `archived`: put away; it cannot be made the booth's event until it is closed or opened again.
 */
export const eventStates = ['draft', 'open', 'closed', 'archived'] as const;
export const eventStateSchema = z.enum(eventStates);

/** What a guest is asked to agree to, exactly as it is shown and as it is recorded. */
export const consentSchema = z.strictObject({
  /** Another whenever the text is another. */
  version: z.string().min(1).max(40),
  title: z.string(),
  /** `sign` names the picture beside a point of the built-in text. */
  points: z.array(
    z.strictObject({
      sign: z.enum(['compare', 'forget', 'keep']).optional(),
      title: z.string().optional(),
      text: z.string(),
    }),
  ),
  /** Who decides for a child. */
  child: z.string(),
});

export type EventSettings = z.infer<typeof eventSettingsSchema>;
/** As a caller may give them: what is left out has its default. */
export type NewEventSettings = z.input<typeof eventSettingsSchema>;
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;
export type EventState = z.infer<typeof eventStateSchema>;
export type Consent = z.infer<typeof consentSchema>;
