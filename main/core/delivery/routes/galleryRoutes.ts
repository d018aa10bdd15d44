import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  answerSchema,
  erasedSchema,
  galleryEventNames,
  gallerySchema,
  guestTokenSchema,
  openedSchema,
  openingSchema,
  phonePaths,
  photoSizeSchema,
  refusalSchema,
  type Gallery,
  type GalleryPhoto,
  type Photo,
  type PhotoSize,
  type Result,
} from '../../../../preload/index.ts';
import { openEventStream } from '../eventStream.ts';
import { holdBack } from '../holdBack.ts';
import { refuse } from '../refusals.ts';
import type { PhoneApp, PhoneServices, Served } from '../served.ts';
import { createShares } from '../shares.ts';
import { rangeOf, zipOf, type ZipEntry } from '../zip.ts';

const [photosEvent, goneEvent] = galleryEventNames;
const refusals = { '4xx': refusalSchema, '5xx': refusalSchema };
const tokenParams = z.object({ token: guestTokenSchema });
// What a photo shows does not change.
const mayBeKept = 'private, max-age=86400, immutable';
// Photos come in bursts; a gallery is searched anew once for all of them.
const calmMs = 1_000;
// A code takes a while to be looked up; an address is not to try many before the first is found to be wrong.
const openingLimits = { perAddress: 2, inAll: 8 };

/** A guest's photos: to be looked at, kept, disowned and erased by whoever has the link. */
export function galleryRoutes(app: PhoneApp, served: Served): void {
  const { attempts, streams } = served;
  const openings = createShares(openingLimits);
  const onRequest = holdBack(attempts);

  app.post(
    phonePaths.open,
    { onRequest, schema: { body: openingSchema, response: { 200: openedSchema, ...refusals } } },
    async (request, reply) => {
      const services = servicesFor(reply);
      if (services === undefined) return reply;
      const giveBack = openings.take(request.ip);
      if (giveBack === undefined) return refuse(reply, { code: 'phones.busy' });
      const opened = await services.guests.openByCode(request.body.code).finally(giveBack);
      if (!opened.ok) {
        attempts.failed(request.ip);
        return refuse(reply, opened.fault);
      }
      const { token } = opened.value;
      return reply.send({ guestToken: token, galleryUrl: phonePaths.galleryPage(token) });
    },
  );

  app.get(
    phonePaths.gallery(':token'),
    { onRequest, schema: { params: tokenParams, response: { 200: gallerySchema, ...refusals } } },
    async (request, reply) => {
      const services = servicesFor(reply);
      if (services === undefined) return reply;
      return sendGallery(request, reply, services, request.params.token);
    },
  );

  app.post(
    phonePaths.answer(':token'),
    { onRequest, schema: { params: tokenParams, body: answerSchema, response: { 200: gallerySchema, ...refusals } } },
    async (request, reply) => {
      const services = servicesFor(reply);
      if (services === undefined) return reply;
      const { token } = request.params;
      const { photoId, isMe } = request.body;
      const photo = await services.guests.photo(token, photoId);
      const answered = photo.ok ? services.guests.answer(token, photoId, isMe) : photo;
      return answered.ok ? sendGallery(request, reply, services, token) : refused(request, reply, answered);
    },
  );

  app.delete(
    phonePaths.gallery(':token'),
    {
      onRequest,
      schema: {
        params: tokenParams,
        querystring: z.object({ faces: z.stringbool().default(false) }),
        response: { 200: erasedSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const services = servicesFor(reply);
      if (services === undefined) return reply;
      const erased = await services.guests.erase(request.params.token, request.query.faces);
      return erased.ok ? reply.send(erased.value) : refused(request, reply, erased);
    },
  );

  app.get(
    phonePaths.photo(':token', ':photoId', ':size'),
    {
      onRequest,
      schema: { params: tokenParams.extend({ photoId: z.coerce.number().int().positive(), size: photoSizeSchema }) },
    },
    async (request, reply) => {
      const services = servicesFor(reply);
      if (services === undefined) return reply;
      const { token, photoId, size } = request.params;
      if (size === 'download' && !services.event.settings.may.download) return refuse(reply, { code: 'phones.off' });
      const photo = await services.guests.photo(token, photoId);
      const file = photo.ok ? await fileOf(services, photo.value, size) : photo;
      if (!photo.ok || !file.ok) return refused(request, reply, file);
      if (size === 'download')
        void reply.header('content-disposition', `attachment; filename="${nameOf(photo.value)}"`);
      return sendFile(reply, file.value);
    },
  );

  app.get(phonePaths.zip(':token'), { onRequest, schema: { params: tokenParams } }, async (request, reply) => {
    const services = servicesFor(reply);
    if (services === undefined) return reply;
    if (!services.event.settings.may.download) return refuse(reply, { code: 'phones.off' });
    const gallery = await services.guests.gallery(request.params.token);
    if (!gallery.ok) return refused(request, reply, gallery);
    const entries: ZipEntry[] = [];
    for (const photo of gallery.value.findings.sure) {
      const file = await fileOf(services, photo, 'download');
      // One whose file is gone is left out; the others are the guest's all the same.
      if (file.ok) entries.push({ path: file.value, name: nameOf(photo), at: new Date(photo.takenAt) });
    }
    if (entries.length === 0) return refuse(reply, { code: 'photo.missing-original' });
    const { sizeBytes, etag, read } = await zipOf(entries);
    const ifRange = request.headers['if-range'];
    const range = ifRange === undefined || ifRange === etag ? rangeOf(request.headers.range, sizeBytes) : undefined;
    void reply
      .header('etag', etag)
      .header('accept-ranges', 'bytes')
      .header('content-disposition', 'attachment; filename="photos.zip"')
      .type('application/zip');
    if (range === 'unsatisfiable') {
      return reply
        .code(416)
        .header('content-range', `bytes */${String(sizeBytes)}`)
        .send();
    }
    const { from, to } = range ?? { from: 0, to: sizeBytes - 1 };
    if (range !== undefined) {
      void reply.code(206).header('content-range', `bytes ${String(from)}-${String(to)}/${String(sizeBytes)}`);
    }
    return reply.header('content-length', to - from + 1).send(read(from, to));
  });

  app.get(
    phonePaths.galleryEvents(':token'),
    { onRequest, schema: { params: tokenParams } },
    async (request, reply) => {
      const services = servicesFor(reply);
      if (services === undefined) return reply;
      const { guests } = services;
      const { token } = request.params;
      const first = await guests.gallery(token);
      if (!first.ok) return refused(request, reply, first);
      const giveBack = streams.take(request.ip);
      if (giveBack === undefined) return refuse(reply, { code: 'phones.busy' });

      let shown = idsIn(first.value.findings);
      let calm: NodeJS.Timeout | undefined;
      const stream = openEventStream(reply, () => {
        clearTimeout(calm);
        guests.events.off('photos', onPhotos).off('gone', onGone);
        giveBack();
      });
      const look = async () => {
        calm = undefined;
        const gallery = await guests.gallery(token);
        const ids = gallery.ok ? idsIn(gallery.value.findings) : shown;
        if (ids !== shown) stream.send(photosEvent, {});
        shown = ids;
      };
      const failed = (error: unknown) => request.log.error({ err: error }, 'a gallery could not be looked at again');
      const onPhotos = () => (calm ??= setTimeout(() => void look().catch(failed), calmMs));
      const onGone = () => {
        if (guests.guestIdOf(token) !== undefined) return;
        stream.send(goneEvent, {});
        stream.end();
      };
      guests.events.on('photos', onPhotos).on('gone', onGone);
      return reply;
    },
  );

  /** @returns undefined where nobody is served now; the reply has been given */
  function servicesFor(reply: FastifyReply): PhoneServices | undefined {
    const services = served.services();
    if (services === undefined) refuse(reply, { code: 'engine.starting' });
    return services;
  }

  function refused(request: FastifyRequest, reply: FastifyReply, result: Result<unknown>): FastifyReply {
    if (result.ok) throw new Error('nothing was refused');
    if (result.fault.code === 'guest.unknown') attempts.failed(request.ip);
    return refuse(reply, result.fault);
  }

  async function sendGallery(
    request: FastifyRequest,
    reply: FastifyReply,
    { guests, event }: PhoneServices,
    token: string,
  ): Promise<FastifyReply> {
    const found = await guests.gallery(token);
    if (!found.ok) return refused(request, reply, found);
    const { findings, language, expiresAt, hasSelfie } = found.value;
    const { download, originalSize } = event.settings.may;
    const gallery: Gallery = {
      photos: findings.sure.map(galleryPhotoOf),
      maybe: findings.maybe.map(galleryPhotoOf),
      ...{ language, expiresAt, hasSelfie },
      mayDownload: download,
      isOriginalSize: download && originalSize,
      isLive: event.state === 'open',
    };
    return reply.send(gallery);
  }
}

const idsIn = ({ sure, maybe }: { sure: readonly Photo[]; maybe: readonly Photo[] }): string =>
  [...sure, ...maybe].map(({ id }) => id).join();

/** A phone has no use for the hash, by which windows of the booth find pictures. */
const galleryPhotoOf = ({ id, width, height, takenAt, burstId }: Photo): GalleryPhoto => ({
  ...{ id, width, height, takenAt },
  ...(burstId === undefined ? {} : { burstId }),
});

/** What is not given in its original size is given as it is shown. */
const fileOf = ({ downloads, event }: PhoneServices, { sha256 }: Photo, size: PhotoSize): Promise<Result<string>> =>
  downloads.fileOf(sha256, size === 'download' && !event.settings.may.originalSize ? 'screen' : size);

/** By when it was taken, so that they lie in that order wherever they are kept. */
const nameOf = ({ takenAt, id }: Photo): string =>
  `${takenAt.replace('T', ' ').replaceAll(':', '.')} (${String(id)}).jpg`;

async function sendFile(reply: FastifyReply, file: string): Promise<FastifyReply> {
  const { size } = await stat(file);
  return reply
    .header('cache-control', mayBeKept)
    .header('content-length', size)
    .type('image/jpeg')
    .send(createReadStream(file));
}
