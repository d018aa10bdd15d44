import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '../../../../preload/index.ts';

// What a FindMe web service is asked for, where, and in which fields: all of it in this file, as resources/findme/openapi.json has it. That document is our
// own assumption, and unverified: nobody has tried it against a real service.

/** A guest, as the service is told of them. */
export interface GuestFacts {
  /** By what the service can tell them from others: externalIdOf. */
  externalId: string;
  eventCode: string;
  name: string | undefined;
  email: string | undefined;
  language: Language;
  /** What the guest agreed to, word for word, and when; ISO 8601. */
  consent: { version: string; text: string; at: string };
}

/** What a guest was found with, and in. */
export interface SelfieFacts {
  jpeg: Uint8Array<ArrayBuffer>;
  /** SHA-256 of originals, best first. */
  photos: readonly string[];
}

/** By what the service knows a guest. */
export interface ServiceGuest {
  guestId: string;
  uploadToken: string | undefined;
}

/** A request as it is made; the same one each time that it is made again. */
export interface FindmeRequest {
  method: 'POST' | 'DELETE';
  /** From the service's address on. */
  path: string;
  body?: string | FormData;
  contentType?: string;
  sizeBytes: number;
  /** A UUID. */
  idempotencyKey: string;
}

export function registration(guest: GuestFacts): FindmeRequest {
  const { externalId, eventCode, name, email, language, consent } = guest;
  const { version, text, at } = consent;
  const body = JSON.stringify({
    event_code: eventCode,
    external_id: externalId,
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    language,
    consent: { version, text, at },
  });
  return {
    method: 'POST',
    path: '/api/register-with-event-code',
    body,
    contentType: 'application/json',
    sizeBytes: Buffer.byteLength(body),
    idempotencyKey: uuidOf('register', body),
  };
}

export function selfieUpload({ guestId, uploadToken }: ServiceGuest, { jpeg, photos }: SelfieFacts): FindmeRequest {
  const body = new FormData();
  const found = JSON.stringify(photos);
  body.append('guest_id', guestId);
  if (uploadToken !== undefined) body.append('upload_token', uploadToken);
  body.append('photos', found);
  body.append('selfie', new Blob([jpeg], { type: 'image/jpeg' }), 'selfie.jpg');
  return {
    method: 'POST',
    path: '/api/upload-selfie',
    // Its content type has the boundary in it, which is made when it is sent.
    body,
    sizeBytes: jpeg.byteLength + found.length,
    idempotencyKey: uuidOf('selfie', guestId, found, createHash('sha256').update(jpeg).digest('hex')),
  };
}

export const removal = (guestId: string): FindmeRequest => ({
  method: 'DELETE',
  path: `/api/guests/${encodeURIComponent(guestId)}`,
  sizeBytes: 0,
  idempotencyKey: uuidOf('remove', guestId),
});

/** Of a guest who may have been registered without our hearing by what the service knows them. */
export const removalByExternalId = (externalId: string): FindmeRequest => ({
  method: 'DELETE',
  path: `/api/guests?external_id=${externalId}`,
  sizeBytes: 0,
  idempotencyKey: uuidOf('remove', externalId),
});

/** A request that changes nothing, and is answered to nobody but whoever may make it: nobody has the nil UUID (RFC 9562, 5.9). */
export const question = (): FindmeRequest => removalByExternalId('00000000-0000-0000-0000-000000000000');

const guestSchema = z.object({
  guest_id: z.string().min(1).max(200),
  upload_token: z.string().min(1).max(4096).optional(),
});

/** @returns undefined for an answer that names no guest */
export function guestIn(answer: unknown): ServiceGuest | undefined {
  const { success, data } = guestSchema.safeParse(answer);
  return success ? { guestId: data.guest_id, uploadToken: data.upload_token } : undefined;
}

/** From which no one learns the visit's own id. */
export const externalIdOf = (visitId: string): string => uuidOf('guest', visitId);

/** A UUID that says nothing of what it was made of (version 8, RFC 9562, 5.8). */
function uuidOf(...parts: string[]): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['findme', ...parts]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
