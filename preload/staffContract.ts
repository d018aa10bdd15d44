import { z } from 'zod';
import { engineSchema } from './contract.ts';
import {
  brandingFileSchema,
  eventCodeSchema,
  eventSettingsSchema,
  eventStateSchema,
  watchedFolderFields,
} from './eventContract.ts';
import { faultCodes, faultSchema, resultSchema } from './fault.ts';
import { languageSchema } from './language.ts';
import {
  mostCopies,
  pageSchema,
  printerLookSchema,
  staffOrderSchema,
  templateIdSchema,
  templateLookSchema,
  voucherSchema,
} from './printContract.ts';
import { syncLanes, syncSchema } from './syncContract.ts';

// [Note: Staff contract] The only list of what a staff window may ask of core, and of what core tells it. Each window has a session of its own, which
// begins with the PIN; without one core answers staff.signed-out to everything but `staff:*` and, until the booth is set up, `setup:*`.

const emptySchema = z.strictObject({});
const pinSchema = z.string().regex(/^\d{4,12}$/);
const passphraseSchema = z.string().min(1).max(1024);
/** Of a passphrase that is set anew. */
export const shortestPassphrase = 8;
const newPassphraseSchema = z.string().min(shortestPassphrase).max(1024);
const idSchema = z.number().int().positive();
const timeSchema = z.iso.datetime();
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const pathSchema = z.string().min(1).max(4096);
const countSchema = z.number().int().nonnegative();
const stringsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** Steps of the first-run wizard, in their order. The last one's answer ends it. */
export const setupSteps = ['language', 'camera', 'folder', 'event', 'checks', 'pin'] as const;
const setupStepSchema = z.enum(setupSteps);

const cameraSchema = z.strictObject({
  /** A part of the wanted camera's name; the system's first where there is none. */
  label: z.string().min(1).max(200).optional(),
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
});

const accessSchema = z.discriminatedUnion('at', [
  /** Nobody has set the booth up yet: `setup:*` is open to whoever stands there. */
  z.strictObject({ at: z.literal('setup') }),
  /** Set up from a file, and no PIN was chosen: `findme-kiosk --cli pin` sets one. */
  z.strictObject({ at: z.literal('no-pin') }),
  /** `heldForMs`: how long no PIN is looked at, after too many wrong ones. */
  z.strictObject({ at: z.literal('signed-out'), heldForMs: z.number().nonnegative() }),
  z.strictObject({ at: z.literal('signed-in') }),
]);

/** What staff have to know and would not look for. */
export const noticeCodes = [
  'notice.database-restored',
  'notice.database-lost',
  'notice.keys-unprotected',
  'notice.keys-lost',
  'notice.backup-failed',
  'notice.library-halted',
  'notice.disk-low',
  'notice.disk-full',
  'notice.models-lost',
  'notice.phones-not-served',
  'notice.printer-trouble',
  'notice.cloud-refused',
  'notice.findme-refused',
  'notice.mail-refused',
] as const;
const noticeSchema = z.strictObject({
  id: idSchema,
  code: z.enum(noticeCodes),
  at: timeSchema,
  /** Figures and names that the sentence holds. */
  values: stringsSchema,
});

const protectionSchema = z.strictObject({
  /** By what the master key is wrapped: the system's key store, a passphrase, or nothing at all. */
  by: z.enum(['system', 'passphrase', 'none']),
  /** The passphrase has not been given since the start: nothing can be searched. */
  isLocked: z.boolean(),
});

/** A folder that is watched, and how that goes. */
const sourceSchema = z.strictObject({
  ...watchedFolderFields,
  /** `paused`: there is no room, or the library does not answer. */
  state: z.enum(['off', 'looking', 'watching', 'paused', 'missing', 'unreadable']),
  /** Files that are still being written or are to be taken in. */
  waiting: countSchema,
  /** New photos since the start. */
  taken: countSchema,
  /** Files that cannot be read, and why the first of them. */
  troubled: countSchema,
  trouble: faultSchema.optional(),
  lastAt: timeSchema.optional(),
  /** The folders in it that photos came from, the newest few. */
  albums: z.array(z.strictObject({ name: z.string(), photos: countSchema })),
  /** `awaited`: the next photo of the clock that the station shows sets the camera's. `read`: it has. */
  clock: z.enum(['idle', 'awaited', 'read']),
});

const boxSchema = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const wallPhotoSchema = z.strictObject({
  id: idSchema,
  sha256: sha256Schema,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** When its faces had been found. */
  indexedAt: timeSchema,
  /** Of its faces, fractions of the picture. */
  faces: z.array(boxSchema),
});

const queueSchema = z.strictObject({
  /** Waiting for their faces to be found. */
  stored: countSchema,
  indexed: countSchema,
  quarantined: countSchema,
  /** Searched in the last minute. */
  perMinute: countSchema,
  /** At that rate; undefined where nothing waits, or nothing moves. */
  secondsLeft: z.number().nonnegative().optional(),
  /** Why no photo is taken any more. */
  halted: faultSchema.optional(),
});

const quarantinedSchema = z.strictObject({
  photoId: idSchema,
  sha256: sha256Schema,
  /** Of a file that it was taken from. */
  path: z.string(),
  fault: faultSchema,
});

const visitSchema = z.strictObject({
  visitId: z.uuid(),
  beganAt: timeSchema,
  endedAt: timeSchema.optional(),
  /** undefined once the visit was erased; `beganAt` then says when that was. */
  language: languageSchema.optional(),
  /** How many photos were shown as surely the guest's, or said to be by the guest. */
  photos: countSchema,
  hasCode: z.boolean(),
  /** Whether there is a gallery for the guest's phone. */
  hasLink: z.boolean(),
  /** What staff have written down to find the guest by. */
  name: z.string().optional(),
  erasedAt: timeSchema.optional(),
});

/** How a part of the booth is. `code` says what is wrong, and is the key of the sentence on what to do. */
const checkSchema = z.strictObject({
  name: z.enum(['runtime', 'pool', 'models', 'workers', 'native', 'library', 'disk', 'camera', 'keys', 'backup']),
  state: z.enum(['ok', 'bad', 'unknown']),
  /** The figures, exact and in no language: versions, paths, sizes. */
  found: z.string(),
  code: z.enum(faultCodes).optional(),
});

const healthSchema = z.strictObject({
  /** core, vision, faceindex. */
  processes: z.array(
    z.strictObject({ name: z.string(), pid: z.number().int().optional(), rssBytes: z.number().nonnegative() }),
  ),
  /** How often one had to be replaced. */
  crashes: countSchema,
  /** Pictures that wait for a worker, of guests and of the library. */
  waiting: z.strictObject({ guest: countSchema, ingest: countSchema }),
  disk: z.strictObject({ freeBytes: z.number(), totalBytes: z.number() }).optional(),
  pack: z.string(),
  /** The pack that is to follow, and how many of the event's photos it has looked at. */
  nextPack: z.strictObject({ pack: z.string(), done: countSchema, total: countSchema }).optional(),
  /** What the kiosk's window last said of its camera. */
  camera: z.enum(['unknown', 'idle', 'live', 'camera.missing', 'camera.busy', 'camera.denied', 'camera.lost']),
  protection: protectionSchema,
  /** Of the newest backup. */
  backedUpAt: timeSchema.optional(),
  uptimeSeconds: z.number().nonnegative(),
  version: z.string(),
});

const eventSchema = z.strictObject({
  id: idSchema,
  code: eventCodeSchema,
  state: eventStateSchema,
  /** The booth stands at it. */
  isActive: z.boolean(),
  settings: eventSettingsSchema,
  photos: countSchema,
  faces: countSchema,
  visits: countSchema,
  createdAt: timeSchema,
  /** What was sealed under its key cannot be read any more by anybody. */
  keyErasedAt: timeSchema.optional(),
});

/** An export or an import: one at a time. */
const transferSchema = z.strictObject({
  kind: z.enum(['export', 'import']),
  at: z.enum(['running', 'done', 'failed', 'damaged']),
  folder: z.string(),
  doneFiles: countSchema,
  totalFiles: countSchema,
  /** Once done: the event. */
  eventId: idSchema.optional(),
  fault: faultSchema.optional(),
  /** What is wrong with a folder that was refused. */
  problems: z
    .array(z.strictObject({ file: z.string(), problem: z.enum(['missing', 'changed', 'unexpected', 'unreadable']) }))
    .optional(),
});

const auditSchema = z.strictObject({
  id: idSchema,
  at: timeSchema,
  actor: z.enum(['staff', 'guest', 'booth']),
  /** `staff.signed-in`, `visit.erased`, `event.opened`, ...: a key of the audit's sentences. */
  action: z.string(),
  /** Figures and names that the sentence holds. Nobody's personal data. */
  values: stringsSchema,
});

const logLineSchema = z.strictObject({
  at: timeSchema,
  level: z.enum(['debug', 'info', 'warn', 'error']),
  text: z.string(),
});

/** A page of the journal; a shorter one is the last. */
export const auditPageEntries = 50;

/** What a staff window asks: the schema of each request, and of its reply. */
export const staffRequests = {
  /** The first question. Answered at once, while the engine is still starting. */
  'staff:open': {
    request: emptySchema,
    reply: resultSchema(z.strictObject({ access: accessSchema, language: languageSchema, version: z.string() })),
  },
  /** staff.wrong-pin, staff.held-back */
  'staff:sign-in': { request: z.strictObject({ pin: pinSchema }), reply: resultSchema(emptySchema) },
  'staff:sign-out': { request: emptySchema, reply: resultSchema(emptySchema) },

  /** What the frame itself shows. */
  'frame:open': {
    request: emptySchema,
    reply: resultSchema(
      z.strictObject({
        engine: engineSchema,
        notices: z.array(noticeSchema),
        protection: protectionSchema,
        /** The event that the booth stands at. */
        event: z.strictObject({ id: idSchema, name: z.string(), state: eventStateSchema }).optional(),
        /** The settings name a bucket, a mail server or a FindMe service. */
        hasCloud: z.boolean(),
      }),
    ),
  },
  'notices:dismiss': { request: z.strictObject({ id: idSchema }), reply: resultSchema(emptySchema) },
  'staff:change-pin': {
    request: z.strictObject({ pin: pinSchema, newPin: pinSchema }),
    reply: resultSchema(emptySchema),
  },
  /** Of the staff windows. */
  'staff:set-language': { request: z.strictObject({ language: languageSchema }), reply: resultSchema(emptySchema) },
  /** Ends the whole booth. */
  'booth:quit': { request: emptySchema, reply: resultSchema(emptySchema) },

  /** keys.wrong-passphrase */
  'keys:unlock': { request: z.strictObject({ passphrase: passphraseSchema }), reply: resultSchema(emptySchema) },
  /** From now on the passphrase is asked for after each start. */
  'keys:protect': { request: z.strictObject({ passphrase: newPassphraseSchema }), reply: resultSchema(emptySchema) },
  /** New keys where the old ones are lost: what was sealed under them is given up, and every photo is searched anew. */
  'keys:renew': { request: emptySchema, reply: resultSchema(emptySchema) },

  /** The newest photos, newest first. */
  'wall:open': {
    request: emptySchema,
    reply: resultSchema(z.strictObject({ photos: z.array(wallPhotoSchema), perMinute: countSchema })),
  },
  'queue:open': {
    request: emptySchema,
    reply: resultSchema(z.strictObject({ queue: queueSchema, quarantined: z.array(quarantinedSchema) })),
  },
  /** One photo, or all that were set aside. */
  'queue:retry': { request: z.strictObject({ photoId: idSchema.optional() }), reply: resultSchema(emptySchema) },

  /** The active event's folders. */
  'sources:open': { request: emptySchema, reply: resultSchema(z.array(sourceSchema)) },
  /** One more, or one of the same path that is another now. */
  'sources:set': { request: z.strictObject(watchedFolderFields), reply: resultSchema(emptySchema) },
  'sources:remove': { request: z.strictObject({ path: pathSchema }), reply: resultSchema(emptySchema) },
  /**
   * From now on the folder's photos are looked at for one of the station's clock, which tells how wrong the camera's is; without a path, no more.
   */
  'sources:await-clock': {
    request: z.strictObject({ path: pathSchema.optional() }),
    reply: resultSchema(emptySchema),
  },

  /** Of the active event, newest first. */
  'visits:today': { request: emptySchema, reply: resultSchema(z.array(visitSchema)) },
  'visits:name': {
    request: z.strictObject({ visitId: z.uuid(), name: z.string().trim().max(80) }),
    reply: resultSchema(emptySchema),
  },
  /** The guest's link opens nothing any more; what was found stays. visit.unknown */
  'visits:withdraw-link': {
    request: z.strictObject({ visitId: z.uuid() }),
    reply: resultSchema(emptySchema),
  },
  /** `withFaces`: the guest's faces go out of the event's photos' index as well. visit.unknown */
  'visits:erase': {
    request: z.strictObject({ visitId: z.uuid(), withFaces: z.boolean() }),
    reply: resultSchema(z.strictObject({ faces: countSchema })),
  },
  /** The visit of a guest who shows a code. code.unknown */
  'visits:erase-code': {
    request: z.strictObject({ code: z.string().max(40), withFaces: z.boolean() }),
    reply: resultSchema(z.strictObject({ faces: countSchema })),
  },

  /** Printers, and the newest orders of the active event, newest first. */
  'prints:open': {
    request: emptySchema,
    reply: resultSchema(
      z.strictObject({
        printers: z.array(printerLookSchema),
        /** Why the printers cannot be asked. */
        fault: faultSchema.optional(),
        orders: z.array(staffOrderSchema),
        templates: z.array(templateLookSchema),
        /** The crew's own templates that cannot be used. */
        problems: z.array(z.strictObject({ file: z.string(), problem: z.string() })),
        /** Sheets of guests and of the crew, in the event so far. */
        printed: countSchema,
        waiting: countSchema,
      }),
    ),
  },
  /** With which printers the booth prints. */
  'prints:use': {
    request: z.strictObject({ printer: z.string().min(1).max(255), isUsed: z.boolean() }),
    reply: resultSchema(emptySchema),
  },
  /** Nothing more is sent to it until it is told to go on; going on also starts it where it has stopped. */
  'prints:pause': {
    request: z.strictObject({ printer: z.string().min(1).max(255), isPaused: z.boolean() }),
    reply: resultSchema(emptySchema),
  },
  /** Draws a sheet of photos of the active event. */
  'prints:page': {
    request: z.strictObject({ templateId: templateIdSchema, photoIds: z.array(idSchema).min(1).max(9) }),
    reply: resultSchema(pageSchema),
  },
  /** Of nobody's limit. */
  'prints:order': {
    request: z.strictObject({ pageId: z.uuid(), copies: z.number().int().min(1).max(mostCopies) }),
    reply: resultSchema(z.strictObject({ orderId: z.uuid() })),
  },
  /** The same sheet once more. print.order-unknown */
  'prints:again': {
    request: z.strictObject({ orderId: z.uuid(), copies: z.number().int().min(1).max(mostCopies) }),
    reply: resultSchema(z.strictObject({ orderId: z.uuid() })),
  },
  /** Sheets that have not come out. */
  'prints:cancel': { request: z.strictObject({ orderId: z.uuid() }), reply: resultSchema(emptySchema) },
  /** Its money has been taken. */
  'prints:paid': { request: z.strictObject({ orderId: z.uuid() }), reply: resultSchema(emptySchema) },
  /** Takes it from where it is, if it has not come out, to this printer or whichever is free. print.not-now: it is coming out */
  'prints:send': {
    request: z.strictObject({ sheetId: idSchema, printer: z.string().min(1).max(255).optional() }),
    reply: resultSchema(emptySchema),
  },
  /** The crew's word on a sheet that was lost sight of: it is printed anew where it did not come out. */
  'prints:answer': {
    request: z.strictObject({ sheetId: idSchema, cameOut: z.boolean() }),
    reply: resultSchema(emptySchema),
  },
  'vouchers:list': { request: emptySchema, reply: resultSchema(z.array(voucherSchema)) },
  /** So many codes, each good for so many sheets. */
  'vouchers:make': {
    request: z.strictObject({ count: z.number().int().min(1).max(200), sheets: z.number().int().min(1).max(100) }),
    reply: resultSchema(z.array(voucherSchema)),
  },
  'vouchers:remove': { request: z.strictObject({ code: z.string().max(40) }), reply: resultSchema(emptySchema) },

  /** undefined where no cloud is set up, or the engine is not there. */
  'sync:open': { request: emptySchema, reply: resultSchema(z.strictObject({ sync: syncSchema.optional() })) },
  /** Nothing more goes until it is told to go on; a restart changes nothing of it. sync.off */
  'sync:pause': { request: z.strictObject({ isPaused: z.boolean() }), reply: resultSchema(emptySchema) },
  /** Whatever waits for a next try is tried now. sync.off */
  'sync:retry': { request: emptySchema, reply: resultSchema(emptySchema) },

  /** The key to one of the places: it is kept sealed, and tried at once. sync.off, keys.locked, keys.lost */
  'sync:set-key': {
    request: z.strictObject({
      lane: z.enum(syncLanes),
      /** Whose it is; only a bucket wants to know. */
      id: z.string().trim().max(200).default(''),
      secret: z.string().trim().min(1).max(400),
    }),
    reply: resultSchema(emptySchema),
  },

  'health:open': { request: emptySchema, reply: resultSchema(healthSchema) },
  'log:tail': { request: emptySchema, reply: resultSchema(z.array(logLineSchema)) },
  /** Newest first, `auditPageEntries` at a time. @param before the id of the last entry of the page before */
  'audit:page': {
    request: z.strictObject({ before: idSchema.optional() }),
    reply: resultSchema(z.array(auditSchema)),
  },

  'events:list': { request: emptySchema, reply: resultSchema(z.array(eventSchema)) },
  /** event.code-taken */
  'events:create': {
    request: z.strictObject({ code: eventCodeSchema, settings: eventSettingsSchema }),
    reply: resultSchema(z.strictObject({ id: idSchema })),
  },
  'events:update': {
    request: z.strictObject({ id: idSchema, code: eventCodeSchema, settings: eventSettingsSchema }),
    reply: resultSchema(emptySchema),
  },
  /** event.not-allowed: archiving the active event, say. */
  'events:set-state': {
    request: z.strictObject({ id: idSchema, state: eventStateSchema }),
    reply: resultSchema(emptySchema),
  },
  /** The booth's event from now on, on every screen. */
  'events:activate': { request: z.strictObject({ id: idSchema }), reply: resultSchema(emptySchema) },
  /** Everything that is sealed under it is unreadable afterwards. @param code the event's, typed again */
  'events:erase-key': {
    request: z.strictObject({ id: idSchema, code: z.string().max(200) }),
    reply: resultSchema(emptySchema),
  },
  /** Takes a picture file in for logo or attract screen. photo.* */
  'events:add-picture': {
    request: z.strictObject({ file: pathSchema }),
    reply: resultSchema(z.strictObject({ picture: brandingFileSchema })),
  },
  /** Begins; how it goes is told by `transfer:changed`. @param folder in which one is made for the event */
  'events:export': {
    request: z.strictObject({ id: idSchema, folder: pathSchema, passphrase: newPassphraseSchema }),
    reply: resultSchema(emptySchema),
  },
  'events:import': {
    request: z.strictObject({ folder: pathSchema, passphrase: passphraseSchema }),
    reply: resultSchema(emptySchema),
  },
  'transfer:open': {
    request: emptySchema,
    reply: resultSchema(z.strictObject({ transfer: transferSchema.optional() })),
  },

  /** What lies in a folder of this machine. @param dir the home folder where there is none. folder.missing, folder.unreadable */
  'folders:list': {
    request: z.strictObject({ dir: pathSchema.optional() }),
    reply: resultSchema(
      z.strictObject({
        dir: z.string(),
        /** undefined at the top. */
        parent: z.string().optional(),
        folders: z.array(z.strictObject({ name: z.string(), path: z.string() })),
        pictures: z.array(z.strictObject({ name: z.string(), path: z.string() })),
        /** Where to begin elsewhere: home, drives, cards. */
        places: z.array(z.strictObject({ name: z.string(), path: z.string() })),
      }),
    ),
  },

  /** Where the wizard was left, with what has been answered so far. */
  'setup:open': {
    request: emptySchema,
    reply: resultSchema(
      z.strictObject({
        step: setupStepSchema,
        language: languageSchema,
        camera: cameraSchema,
        folder: z.string().optional(),
        event: z.strictObject({ name: z.string(), code: z.string() }).optional(),
        protection: protectionSchema,
      }),
    ),
  },
  /** An answer; the wizard goes on with the step after it. With `pin` the booth is set up. */
  'setup:answer': {
    request: z.discriminatedUnion('step', [
      z.strictObject({ step: z.literal('language'), language: languageSchema }),
      z.strictObject({ step: z.literal('camera'), camera: cameraSchema }),
      z.strictObject({ step: z.literal('folder'), folder: pathSchema }),
      z.strictObject({ step: z.literal('event'), name: z.string().trim().min(1).max(80), code: eventCodeSchema }),
      /** `passphrase`: protects the keys with one. */
      z.strictObject({ step: z.literal('checks'), passphrase: newPassphraseSchema.optional() }),
      z.strictObject({ step: z.literal('pin'), pin: pinSchema }),
    ]),
    reply: resultSchema(emptySchema),
  },
  /** One step back. */
  'setup:back': { request: emptySchema, reply: resultSchema(emptySchema) },
  /** Takes seconds: the workers are started. */
  'setup:checks': { request: emptySchema, reply: resultSchema(z.array(checkSchema)) },
};

/** What core tells a staff window by itself; nothing but `access:changed` to one without a session. */
export const staffEvents = {
  'access:changed': accessSchema,
  /** Something that `frame:open` tells is another now. */
  'frame:changed': emptySchema,
  'wall:photo': wallPhotoSchema,
  'queue:changed': queueSchema,
  'sources:changed': emptySchema,
  /** A printer or an order is another now. */
  'prints:changed': emptySchema,
  'transfer:changed': transferSchema,
};

export type Access = z.infer<typeof accessSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type NoticeCode = Notice['code'];
export type Protection = z.infer<typeof protectionSchema>;
export type WallPhoto = z.infer<typeof wallPhotoSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Queue = z.infer<typeof queueSchema>;
export type Quarantined = z.infer<typeof quarantinedSchema>;
export type StaffVisit = z.infer<typeof visitSchema>;
export type Health = z.infer<typeof healthSchema>;
export type Check = z.infer<typeof checkSchema>;
export type StaffEvent = z.infer<typeof eventSchema>;
export type Transfer = z.infer<typeof transferSchema>;
export type AuditEntry = z.infer<typeof auditSchema>;
export type LogLine = z.infer<typeof logLineSchema>;
export type SetupStep = z.infer<typeof setupStepSchema>;
export type CameraChoice = z.infer<typeof cameraSchema>;

export type StaffRequests = typeof staffRequests;
export type StaffMethod = keyof StaffRequests;
export type StaffRequest<M extends StaffMethod> = z.input<StaffRequests[M]['request']>;
export type StaffReply<M extends StaffMethod> = z.output<StaffRequests[M]['reply']>;
export type StaffEvents = { [E in keyof typeof staffEvents]: z.output<(typeof staffEvents)[E]> };
