import { z } from 'zod';

/**
 * Everything that can go wrong and that a person can act on. The codes are stable: scripts, support notes and the locale
 * files (resources/locales) refer to them. A bug is not in this list; it throws.
 */
export const faultCodes = [
  'photo.empty',
  'photo.not-an-image',
  'photo.unsupported-format',
  'photo.truncated',
  'photo.damaged',
  'photo.too-large',
  'photo.too-small',
  'photo.file-too-large',
  'photo.unreadable',
  'photo.changed-while-read',
  'photo.missing-original',
  'photo.killed-workers',
  'photo.too-slow',
  'photo.failed',
  'selfie.no-face',
  'selfie.several-faces',
  'selfie.poor-light',
  'selfie.too-many-people',
  'selfie.queue-full',
  'visit.unknown',
  'visit.consent-outdated',
  'code.unknown',
  'code.outdated',
  'code.too-many-tries',
  'guest.unknown',
  'consent.missing',
  'phones.off',
  'phones.unreachable',
  'phones.port-taken',
  'phones.bad-certificate',
  'phones.no-such-page',
  'phones.busy',
  'browse.off',
  'camera.missing',
  'camera.busy',
  'camera.denied',
  'camera.lost',
  'message.invalid',
  'folder.missing',
  'folder.unreadable',
  'folder.name-unreadable',
  'folder.no-photos',
  'library.not-writable',
  'library.full',
  'library.nearly-full',
  'library.busy',
  'library.newer',
  'library.damaged',
  'library.restored',
  'library.lost',
  'models.missing',
  'models.damaged',
  'models.invalid',
  'models.unknown',
  'models.uncalibrated',
  'models.by-setup',
  'models.licence-not-accepted',
  'models.download-failed',
  'models.mismatch',
  'models.not-in-folder',
  'models.not-writable',
  'config.invalid',
  'config.not-named',
  'config.not-writable',
  'staff.signed-out',
  'staff.wrong-pin',
  'staff.held-back',
  'staff.no-pin',
  'pin.invalid',
  'pin.differs',
  'setup.done',
  'setup.incomplete',
  'keys.locked',
  'keys.lost',
  'keys.wrong-passphrase',
  'keys.cannot-unwrap',
  'keys.unprotected',
  'event.unknown',
  'event.code-taken',
  'event.not-allowed',
  'event.wrong-code',
  'event.closed',
  'event.key-erased',
  'transfer.busy',
  'transfer.folder-taken',
  'transfer.not-an-event',
  'transfer.newer',
  'transfer.event-exists',
  'transfer.failed',
  'backup.failed',
  'disk.low',
  'truth.missing',
  'truth.invalid',
  'boxes.missing',
  'boxes.invalid',
  'report.not-writable',
  'calibration.too-few',
  'engine.starting',
  'engine.cannot-start',
  'engine.search-failed',
  'engine.failed',
  'engine.stopping',
] as const;

/** What is worth saying of a photo that was nevertheless searched. */
export const noteCodes = [
  'note.first-frame-only',
  'note.converted-cmyk',
  'note.converted-16-bit',
  'note.raw-preview',
] as const;

export const faultSchema = z.object({
  code: z.enum(faultCodes),
  /** The one thing that makes the sentence exact: a path, a size, the decoder's own words. Never translated. */
  detail: z.string().optional(),
});

export type FaultCode = (typeof faultCodes)[number];
export type NoteCode = (typeof noteCodes)[number];
export type Fault = z.infer<typeof faultSchema>;
export type Result<T> = { ok: true; value: T } | { ok: false; fault: Fault };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const fail = (code: FaultCode, detail?: string): { ok: false; fault: Fault } => ({
  ok: false,
  fault: detail === undefined ? { code } : { code, detail },
});

/** The schema of a Result whose value has the given schema. */
export const resultSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), fault: faultSchema }),
  ]);
