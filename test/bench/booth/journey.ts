import http from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  gallerySchema,
  phoneEventSchema,
  phonePaths,
  registeredSchema,
  selfieAcceptedSchema,
  selfieJobSchema,
  type SelfieJob,
} from '../../../preload/index.ts';

/** What a phone asks for, as far as it is counted. */
export const endpoints = ['event', 'register', 'uploadSelfie', 'gallery', 'thumbnail', 'zip'] as const;
export type Endpoint = (typeof endpoints)[number];

/** What a guest's phone has seen. */
export interface Seen {
  /** Milliseconds of each request that was answered as it should be. */
  times: Record<Endpoint, number[]>;
  failures: Record<Endpoint | 'selfie', number>;
  /** Why selfies were of no use, each time. */
  refused: string[];
  /** From the beginning of the selfie's upload until the gallery was there; undefined where it never was. */
  selfieToResultMs: number | undefined;
  /** How often the phone was asked to come again. */
  retries: number;
}

const mostThumbnails = 24;
const socketsOfPhone = 6;
const mostRetries = 60;
const boundary = 'findme-bench';

/**
 * One guest, from the QR code on the wall to the archive of all photos, over a network address of their own.
 *
 * @param address 127.x.x.x
 * @param selfies the one that is taken first, and those that are taken when the guest is asked for a better one
 */
export async function visit(origin: string, address: string, selfies: readonly Buffer[]): Promise<Seen> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: socketsOfPhone, localAddress: address });
  const seen: Seen = {
    times: { event: [], register: [], uploadSelfie: [], gallery: [], thumbnail: [], zip: [] },
    failures: { event: 0, register: 0, uploadSelfie: 0, gallery: 0, thumbnail: 0, zip: 0, selfie: 0 },
    refused: [],
    selfieToResultMs: undefined,
    retries: 0,
  };
  try {
    await go();
  } catch {
    // Counted where it happened; whoever goes no further has no gallery.
  } finally {
    agent.destroy();
  }
  return seen;

  async function go(): Promise<void> {
    const event = phoneEventSchema.parse(JSON.parse(await ask('event', 'GET', phonePaths.event)));
    const consent = { version: event.consents.fr?.version };
    const registration = JSON.stringify({ eventCode: event.code, language: 'fr', consent });
    const registered = await ask('register', 'POST', phonePaths.register, registration, 'application/json');
    const { guestToken: token } = registeredSchema.parse(JSON.parse(registered));

    const startMs = await findPhotos(token);
    if (startMs === undefined) return;
    const gallery = gallerySchema.parse(JSON.parse(await ask('gallery', 'GET', phonePaths.gallery(token))));
    seen.selfieToResultMs = performance.now() - startMs;

    const shown = [...gallery.photos, ...gallery.maybe].slice(0, mostThumbnails);
    await Promise.all(shown.map(({ id }) => ask('thumbnail', 'GET', phonePaths.photo(token, id, 'thumbnail'))));
    if (gallery.photos.length > 0) await ask('zip', 'GET', phonePaths.zip(token));
  }

  /** @returns when the selfie was sent by which photos were found; undefined where none was of use */
  async function findPhotos(token: string): Promise<number | undefined> {
    const type = `multipart/form-data; boundary=${boundary}`;
    for (const selfie of selfies) {
      const startMs = performance.now();
      const accepted = await ask('uploadSelfie', 'POST', phonePaths.uploadSelfie, formOf(selfie), type, token);
      const { jobId } = selfieAcceptedSchema.parse(JSON.parse(accepted));
      // A line that breaks is a selfie of which nothing was heard.
      const job = await become(jobId).catch(() => undefined);
      if (job?.state === 'done') return startMs;
      seen.refused.push(job?.code ?? 'nothing was heard');
      if (job?.code?.startsWith('selfie.') !== true) break;
    }
    seen.failures.selfie += 1;
    return undefined;
  }

  /** Asks again where it is told to; that is no failure, and its wait is the guest's. */
  async function ask(
    endpoint: Endpoint,
    method: string,
    path: string,
    body?: string | Buffer,
    type?: string,
    token?: string,
  ): Promise<string> {
    const startMs = performance.now();
    for (let i = 0; i <= mostRetries; i++) {
      const headers = {
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const reply = await request(method, path, headers, body).catch(() => undefined);
      if (reply?.status === 503 && reply.retryAfterS !== undefined) {
        seen.retries += 1;
        await sleep(reply.retryAfterS * 1000);
        continue;
      }
      if (reply === undefined || reply.status >= 300) break;
      seen.times[endpoint].push(performance.now() - startMs);
      return reply.body;
    }
    seen.failures[endpoint] += 1;
    throw new Error(endpoint);
  }

  function request(method: string, path: string, headers: http.OutgoingHttpHeaders, body?: string | Buffer) {
    return new Promise<{ status: number; retryAfterS: number | undefined; body: string }>((resolve, reject) => {
      const asked = http.request(new URL(path, origin), { agent, method, headers }, (reply) => {
        const { statusCode = 0 } = reply;
        const retryAfterS = retryAfterOf(reply);
        bodyOf(reply).then((body) => resolve({ status: statusCode, retryAfterS, body }), reject);
      });
      asked.once('error', reject);
      asked.end(body);
    });
  }

  /** A line on which the server tells; asked for again where it is told to, as everything else. */
  async function streamOf(path: string): Promise<http.IncomingMessage> {
    for (let i = 0; i <= mostRetries; i++) {
      const reply = await new Promise<http.IncomingMessage>((resolve, reject) => {
        http.get(new URL(path, origin), { agent }, resolve).once('error', reject);
      });
      if (reply.statusCode === 200) return reply;
      reply.resume();
      const afterS = retryAfterOf(reply);
      if (reply.statusCode !== 503 || afterS === undefined) break;
      seen.retries += 1;
      await sleep(afterS * 1000);
    }
    throw new Error('nothing is told of the selfie');
  }

  /** What becomes of a selfie, as the server tells it. */
  async function become(jobId: string): Promise<SelfieJob> {
    const stream = await streamOf(phonePaths.selfieJobEvents(jobId));
    let told = '';
    for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
      told += chunk;
      const last = told.split('\n').findLast((line) => line.startsWith('data: ') && line.endsWith('}'));
      const job = last === undefined ? undefined : selfieJobSchema.parse(JSON.parse(last.slice('data: '.length)));
      if (job?.state === 'done' || job?.state === 'failed') {
        stream.destroy();
        return job;
      }
    }
    throw new Error('the stream ended before the selfie was searched for');
  }
}

/** Seconds, as this server says it. */
const retryAfterOf = ({ headers }: http.IncomingMessage): number | undefined =>
  headers['retry-after'] === undefined ? undefined : Number(headers['retry-after']);

/** The text of an answer; what is no text is received and let go, as a phone's browser does with it, outside its script. */
async function bodyOf(reply: http.IncomingMessage): Promise<string> {
  if (reply.headers['content-type']?.startsWith('application/json') === true) return text(reply);
  let bytes = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) bytes += chunk.length;
  if (bytes !== Number(reply.headers['content-length'])) throw new Error('an answer broke off');
  return '';
}

const formOf = (selfie: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="selfie"; filename="selfie.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    selfie,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
