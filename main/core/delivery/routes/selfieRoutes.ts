import type {} from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { imageSize } from 'image-size';
import { z } from 'zod';
import {
  fail,
  guestTokenSchema,
  ok,
  phonePaths,
  refusalSchema,
  selfieAcceptedSchema,
  selfieEventName,
  selfieJobSchema,
  type Language,
  type Result,
  type SelfieJob,
} from '../../../../preload/index.ts';
import { openEventStream } from '../eventStream.ts';
import { holdBack } from '../holdBack.ts';
import { languageOf, refusalOf, refuse } from '../refusals.ts';
import type { Job } from '../selfieJobs.ts';
import type { PhoneApp, Served } from '../served.ts';

// A phone's camera makes some 4 MB; the pages send less.
const mostSelfieBytes = 16 * 1024 * 1024;
// Of what a form needs around it.
const mostFormBytes = 64 * 1024;
const mostUploadsAtOnce = 48;
const leastSidePx = 100;
const mostPixels = 100e6;

const jobIdSchema = z.object({ jobId: z.string().max(64) });
const bearerPattern = /^Bearer ([\w-]+)$/i;

/** A guest's selfie: taken at once, looked at when its turn comes. */
export function selfieRoutes(app: PhoneApp, served: Served): void {
  const { jobs, attempts, streams } = served;
  let uploads = 0;

  app.post(
    phonePaths.uploadSelfie,
    {
      onRequest: [holdBack(attempts), refuseTooLarge],
      schema: {
        consumes: ['multipart/form-data'],
        response: { 202: selfieAcceptedSchema, '4xx': refusalSchema, '5xx': refusalSchema },
      },
    },
    async (request, reply) => {
      const services = served.services();
      if (services === undefined) return refuse(reply, { code: 'engine.starting' });
      const token = tokenIn(request.headers.authorization);
      const guestId = token === undefined ? undefined : services.guests.guestIdOf(token);
      if (token === undefined || guestId === undefined) {
        attempts.failed(request.ip);
        return refuse(reply, { code: 'guest.unknown' });
      }
      if (!services.event.settings.may.ownPhone) return refuse(reply, { code: 'phones.off' });
      if (uploads >= mostUploadsAtOnce) return refuse(reply, { code: 'phones.busy' });
      uploads += 1;
      const selfie = await readSelfie(() => request.file({ limits: { fileSize: mostSelfieBytes, files: 1 } })).finally(
        () => (uploads -= 1),
      );
      if (!selfie.ok) return refuse(reply, selfie.fault);
      const job = jobs.add(token, selfie.value, { guestId, requestId: request.id });
      return job.ok ? reply.code(202).send({ jobId: job.value.id }) : refuse(reply, job.fault, jobs.retryAfterS());
    },
  );

  app.get(
    phonePaths.selfieJob(':jobId'),
    { schema: { params: jobIdSchema, response: { 200: selfieJobSchema, 404: refusalSchema } } },
    (request, reply) => {
      const job = jobs.get(request.params.jobId);
      if (job === undefined) refuse(reply, { code: 'phones.no-such-page' });
      else void reply.send(told(job, languageOf(request.headers['accept-language'])));
    },
  );

  app.get(phonePaths.selfieJobEvents(':jobId'), { schema: { params: jobIdSchema } }, (request, reply) => {
    const job = jobs.get(request.params.jobId);
    if (job === undefined) return refuse(reply, { code: 'phones.no-such-page' });
    const giveBack = streams.take(request.ip);
    if (giveBack === undefined) return refuse(reply, { code: 'phones.busy' });
    const language = languageOf(request.headers['accept-language']);
    const stream = openEventStream(reply, () => {
      jobs.events.off('job', onJob);
      giveBack();
    });
    const onJob = (changed: Job) => {
      if (changed !== job) return;
      stream.send(selfieEventName, told(job, language));
      if (job.state === 'done' || job.state === 'failed') stream.end();
    };
    jobs.events.on('job', onJob);
    onJob(job);
    return reply;
  });
}

function told({ state, fault, photos, token }: Job, language: Language): SelfieJob {
  return {
    state,
    ...(fault === undefined ? {} : refusalOf(fault, language)),
    ...(state === 'done' ? { galleryUrl: phonePaths.galleryPage(token), photos: photos ?? 0 } : {}),
  };
}

/** What says of itself that it is too much is not waited for; what says nothing is cut off where it becomes so. */
function refuseTooLarge(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > mostSelfieBytes + mostFormBytes) refuse(reply, { code: 'photo.file-too-large' });
  else done();
}

function tokenIn(authorization: string | undefined): string | undefined {
  const token = guestTokenSchema.safeParse(bearerPattern.exec(authorization ?? '')?.[1]);
  return token.success ? token.data : undefined;
}

/** The picture, if it is one: as much as its header says, which is read in no time. */
async function readSelfie(
  next: () => Promise<{ fieldname: string; file: { truncated: boolean }; toBuffer: () => Promise<Buffer> } | undefined>,
): Promise<Result<Uint8Array>> {
  let bytes: Buffer | undefined;
  try {
    const file = await next();
    if (file?.fieldname !== 'selfie') return fail('message.invalid', 'selfie');
    bytes = await file.toBuffer();
    // Of one that was cut off between two chunks nobody else says so.
    if (file.file.truncated) return fail('photo.file-too-large');
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE';
    return fail(isTooLarge ? 'photo.file-too-large' : 'message.invalid');
  }
  if (bytes.length === 0) return fail('photo.empty');
  const size = sizeIn(bytes);
  if (size === undefined) return fail('photo.not-an-image');
  if (Math.min(size.width, size.height) < leastSidePx) return fail('photo.too-small');
  return size.width * size.height > mostPixels ? fail('photo.too-large') : ok(bytes);
}

// Every phone waits while a header is looked at, and one can be made that is looked at for hours: a HEIC's boxes are gone through anew for each of them
// (ISO/IEC 14496-12). A picture says how large it is within the first of these.
const headerBytes = 256 * 1024;
const boxedHeaderBytes = 16 * 1024;

function sizeIn(bytes: Buffer): { width: number; height: number } | undefined {
  const isBoxed = bytes.toString('latin1', 4, 8) === 'ftyp';
  try {
    return imageSize(bytes.subarray(0, isBoxed ? boxedHeaderBytes : headerBytes));
  } catch {
    return undefined;
  }
}
