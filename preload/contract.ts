import { z } from 'zod';
import { brandingFileSchema, consentSchema } from './eventContract.ts';
import { faultCodes, resultSchema } from './fault.ts';
import { languageSchema } from './language.ts';
import {
  mostCopies,
  orderProgressSchema,
  pageSchema,
  pickUps,
  printAccesses,
  templateIdSchema,
  templateLookSchema,
} from './printContract.ts';

// [Note: Booth contract] The only list of what a kiosk's window may ask of core, and of what core tells it. A feature of the kiosk starts here.
// Whoever receives a message validates it: core the requests, the window the replies and the events.

/** JPEG of at most this many bytes: a frame of the camera, upright and not mirrored. */
const largestFrameBytes = 4 * 1024 ** 2;
const frameSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= largestFrameBytes,
  'the bytes of a JPEG',
);

const visitIdSchema = z.uuid();
const photoIdSchema = z.number().int().positive();

/** Fractions of the frame's width and height, from its top left corner. May lie outside it. */
const pointSchema = z.strictObject({ x: z.number().min(-1).max(2), y: z.number().min(-1).max(2) });
const boxSchema = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** At most so many people look for their photos together. */
export const maxSubjects = 8;
/** Centres of the faces that are searched for, where they were last seen; none: the one who stands alone before the camera. */
const subjectsSchema = z.array(pointSchema).max(maxSubjects);

/** A photo as a window shows it. Its pictures: `photoUrl`. */
const photoSchema = z.strictObject({
  id: photoIdSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the upright original, pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Local time of capture, 'YYYY-MM-DDTHH:MM:SS'. */
  takenAt: z.iso.datetime({ local: true, offset: false }),
  /** The same for all photos of a burst. */
  burstId: photoIdSchema.optional(),
});

/** What a search brought, best first; of a burst the sharpest, with the others behind it. */
const findingsSchema = z.strictObject({
  sure: z.array(photoSchema),
  /** The guest is asked. */
  maybe: z.array(photoSchema),
  searchedPhotos: z.number().int().nonnegative(),
});

/** The one thing to tell a guest before the camera, most pressing first. */
export const advices = [
  'no-face',
  'several-faces',
  'too-far',
  'too-near',
  'off-centre',
  'too-dark',
  'turned-away',
  'moving',
  'ready',
] as const;

const guidanceSchema = z.strictObject({
  advice: z.enum(advices),
  /** Faces that count, from left to right; people far behind are left out. */
  faces: z.array(z.strictObject({ box: boxSchema, isSubject: z.boolean() })),
});

export const engineSchema = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('starting') }),
  z.strictObject({ at: z.literal('ready') }),
  /** Nobody has set the booth up yet. */
  z.strictObject({ at: z.literal('setup') }),
  /** The keys wait for staff's passphrase. */
  z.strictObject({ at: z.literal('locked') }),
  /** The event is not open to guests. */
  z.strictObject({ at: z.literal('closed') }),
  /** Nothing can be searched until staff have seen to it. */
  z.strictObject({ at: z.literal('failed'), code: z.enum(faultCodes) }),
]);

export const kioskSchema = z.strictObject({
  event: z.strictObject({
    /** Another one is another event: whoever is before the window begins anew. 0 before the booth is set up. */
    id: z.number().int().nonnegative(),
    name: z.string(),
    /** `#rrggbb`, the event's colour. */
    accent: z.string().regex(/^#[0-9a-f]{6}$/i),
    /** Pictures of the event's own: `brandingUrl`. */
    logo: brandingFileSchema.optional(),
    attractPictures: z.array(brandingFileSchema),
  }),
  /** What a guest agrees to, in each of the languages. */
  consents: z.partialRecord(languageSchema, consentSchema),
  /** The first is spoken until the guest chooses. */
  languages: z.array(languageSchema).min(1),
  mayBrowse: z.boolean(),
  /** What guests' own phones may do, and how they get here; undefined where phones cannot reach the booth. */
  phones: z
    .strictObject({
      /** Whether a guest may take what was found along on the phone. */
      mayShare: z.boolean(),
      /** Address of the page on which a guest takes the selfie on the phone; undefined where the event does not want that. */
      startUrl: z.url().optional(),
      /** The same without what need not be typed. */
      shortAddress: z.string(),
      /** The network that phones have to be in, where the event has said so. */
      wifi: z.strictObject({ name: z.string(), password: z.string(), code: z.string() }).optional(),
    })
    .optional(),
  /** So many characters has a code that a guest is given; those that were given before may be shorter. */
  codeLength: z.union([z.literal(8), z.literal(12)]),
  /** Guests find their photos from anywhere, too, at this address, to be typed; undefined where there are no galleries in the cloud. */
  home: z.strictObject({ shortAddress: z.string() }).optional(),
  /** What a guest may print; undefined where that is switched off, or there is no printer. */
  print: z
    .strictObject({
      templates: z.array(templateLookSchema).min(1),
      pickUp: z.enum(pickUps),
      access: z.enum(printAccesses),
      /** As it is said, with its currency; empty where nothing is paid. */
      price: z.string(),
    })
    .optional(),
  camera: z.strictObject({
    /** A part of the wanted camera's name; the system's first one where there is none. */
    label: z.string().optional(),
    /** By which the picture has to be turned clockwise to stand upright. */
    rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  }),
  /** After so long without a touch the guest is asked; after the second, the visit is wiped. */
  idle: z.strictObject({ warnAfterMs: z.number().positive(), wipeAfterMs: z.number().positive() }),
  engine: engineSchema,
});

const emptySchema = z.strictObject({});

/** Of a guest's gallery: scanned, or in short to be typed. */
const galleryAddressSchema = z.strictObject({ url: z.url(), shortAddress: z.string() });

/** What a kiosk's window asks: the schema of each request, and of its reply. */
export const kioskRequests = {
  /** The first question. Answered at once, while the engine is still starting. */
  'kiosk:open': { request: emptySchema, reply: resultSchema(kioskSchema) },

  /** A guest has agreed; without it no frame is looked at. visit.consent-outdated: to another text than the event's. */
  'visit:begin': {
    request: z.strictObject({ language: languageSchema, consentVersion: z.string().max(40) }),
    reply: resultSchema(
      z.strictObject({
        visitId: visitIdSchema,
        /** How many will be searched, as it stands. */
        photos: z.number().int().nonnegative(),
      }),
    ),
  },
  /** Where the guest is and what to do better; the frame is forgotten at once. */
  'guide:check': {
    request: z.strictObject({ visitId: visitIdSchema, frame: frameSchema, subjects: subjectsSchema }),
    reply: resultSchema(guidanceSchema),
  },
  /** One frame of a shot; looked at while the next is taken. `shot` counts the guest's tries. @returns whether its faces are of use */
  'selfie:frame': {
    request: z.strictObject({
      visitId: visitIdSchema,
      shot: z.number().int().positive(),
      frame: frameSchema,
      subjects: subjectsSchema,
    }),
    reply: resultSchema(z.strictObject({ isUseful: z.boolean() })),
  },
  /** The shot's best frames fused, and the event searched. selfie.no-face: no frame was of use. */
  'selfie:search': {
    request: z.strictObject({ visitId: visitIdSchema, shot: z.number().int().positive() }),
    reply: resultSchema(findingsSchema),
  },
  /** The guest's word on a photo goes over the score. */
  'visit:answer': {
    request: z.strictObject({ visitId: visitIdSchema, photoId: photoIdSchema, isMe: z.boolean() }),
    reply: resultSchema(emptySchema),
  },
  /** A code to come back with. Only it opens what is kept. */
  'visit:keep': {
    request: z.strictObject({ visitId: visitIdSchema }),
    reply: resultSchema(z.strictObject({ code: z.string(), expiresOn: z.iso.date() })),
  },
  /** A gallery of the guest's own, for the phone; asked again, it is the same one. phones.off, phones.unreachable */
  'visit:share': {
    request: z.strictObject({ visitId: visitIdSchema }),
    reply: resultSchema(
      z.strictObject({
        /** In the booth's own network; undefined where phones cannot reach it. One of the two is always there. */
        here: galleryAddressSchema.optional(),
        /** From anywhere, once the booth has had a network. */
        home: galleryAddressSchema.optional(),
        /** For those who cannot scan: what either address asks for. */
        code: z.string(),
        expiresOn: z.iso.date(),
      }),
    ),
  },
  /** How many more sheets the guest may have, and whose limit it is; undefined: no limit but `mostCopies`. */
  'print:allowance': {
    request: z.strictObject({ visitId: visitIdSchema }),
    reply: resultSchema(
      z.strictObject({
        left: z.number().int().nonnegative().optional(),
        limit: z.enum(['guest', 'event']).optional(),
      }),
    ),
  },
  /** Draws the sheet. print.off, print.template-unknown, print.wrong-photos, print.no-printer, photo.* */
  'print:page': {
    request: z.strictObject({
      visitId: visitIdSchema,
      templateId: templateIdSchema,
      photoIds: z.array(photoIdSchema).min(1).max(9),
    }),
    reply: resultSchema(pageSchema),
  },
  /** Prints it; how that goes is told by `print:progress`. print.guest-limit, print.event-limit, print.voucher-*, print.page-unknown */
  'print:order': {
    request: z.strictObject({
      visitId: visitIdSchema,
      pageId: z.uuid(),
      copies: z.number().int().min(1).max(mostCopies),
      voucher: z.string().max(40).optional(),
    }),
    reply: resultSchema(orderProgressSchema),
  },
  /** Back with a code: searched anew, so that photos which came since are there. code.unknown, code.too-many-tries */
  'visit:resume': {
    request: z.strictObject({ code: z.string().max(40), language: languageSchema }),
    reply: resultSchema(
      z.strictObject({
        visitId: visitIdSchema,
        findings: findingsSchema,
        /** Of them, those that had not been there the last time. */
        newPhotos: z.number().int().nonnegative(),
      }),
    ),
  },
  /**
   * Deletes what is kept of the guest, the record of the visit included, and ends it. `withFaces`: the guest's faces go out of the index
   * of the event's photos as well, for good. @returns how many faces
   */
  'visit:erase': {
    request: z.strictObject({ visitId: visitIdSchema, withFaces: z.boolean() }),
    reply: resultSchema(z.strictObject({ faces: z.number().int().nonnegative() })),
  },
  /** Forgets everything of the visit. Ending one that is not there is no fault. */
  'visit:end': { request: z.strictObject({ visitId: visitIdSchema }), reply: resultSchema(emptySchema) },

  /** For the staff's health figures. */
  'camera:state': {
    request: z.strictObject({
      camera: z.enum(['idle', 'live', 'camera.missing', 'camera.busy', 'camera.denied', 'camera.lost']),
    }),
    reply: resultSchema(emptySchema),
  },

  /** The hours in which photos were taken, oldest first. browse.off: the event does not allow it. */
  'browse:hours': {
    request: emptySchema,
    reply: resultSchema(
      z.array(
        z.strictObject({
          /** Local, 'YYYY-MM-DDTHH'. */
          hour: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d$/),
          photos: z.number().int().positive(),
        }),
      ),
    ),
  },
  /** The photos of one hour, in the order they were taken. */
  'browse:photos': {
    request: z.strictObject({
      hour: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d$/),
      offset: z.number().int().nonnegative().max(1_000_000),
      limit: z.number().int().positive().max(200),
    }),
    reply: resultSchema(z.array(photoSchema)),
  },
};

/** What core tells each window by itself. */
export const kioskEvents = {
  'engine:changed': engineSchema,
  /** Of every order, to every window: it says nothing of whose it is. */
  'print:progress': orderProgressSchema,
  /** The event's settings are others now, or the event is. */
  'kiosk:changed': kioskSchema,
};

export type GalleryAddress = z.infer<typeof galleryAddressSchema>;
export type Kiosk = z.infer<typeof kioskSchema>;
export type Engine = z.infer<typeof engineSchema>;
export type Photo = z.infer<typeof photoSchema>;
export type Findings = z.infer<typeof findingsSchema>;
export type Guidance = z.infer<typeof guidanceSchema>;
export type Advice = Guidance['advice'];
/** Fractions of the frame. */
export type FrameBox = z.infer<typeof boxSchema>;
export type FramePoint = z.infer<typeof pointSchema>;

export type KioskRequests = typeof kioskRequests;
export type KioskMethod = keyof KioskRequests;
export type KioskRequest<M extends KioskMethod> = z.input<KioskRequests[M]['request']>;
export type KioskReply<M extends KioskMethod> = z.output<KioskRequests[M]['reply']>;
export type KioskEvents = { [E in keyof typeof kioskEvents]: z.output<(typeof kioskEvents)[E]> };
