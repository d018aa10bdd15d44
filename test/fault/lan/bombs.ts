import { setTimeout as sleep } from 'node:timers/promises';
import {
  phonePaths,
  refusalSchema,
  selfieAcceptedSchema,
  selfieJobSchema,
  type SelfieJob,
} from '../../../preload/index.ts';
import { badPhotos, sayingItIs } from '../../fixtures/badPhotos.ts';
import { pngOf } from '../../fixtures/png.ts';
import type { Siege } from './siege.ts';
import type { Answer, Wire } from './wire.ts';

const jobPatienceMs = 20_000;
// Of a header, which is looked at where every phone waits for its turn.
const mostMs = 2_000;

/** A box of ISO/IEC 14496-12. */
function box(type: string, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** A HEIC that says of itself how large it is, so many times. */
function heicOf(sidePx: number, times: number): Buffer {
  const extent = Buffer.alloc(12);
  extent.writeUInt32BE(sidePx, 4);
  extent.writeUInt32BE(sidePx, 8);
  const ispe = box('ispe', extent);
  const properties = box('iprp', box('ipco', ...Array.from({ length: times }, () => ispe)));
  return Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')), box('meta', Buffer.alloc(4), properties)]);
}

function gifOf(sidePx: number): Buffer {
  const gif = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff;', 'latin1');
  gif.writeUInt16LE(sidePx, 6);
  gif.writeUInt16LE(sidePx, 8);
  return gif;
}

/** Its sides are 24 bits each, less one (RFC 9649, 2.7). */
function webpOf(sidePx: number): Buffer {
  const webp = Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
  webp.writeUIntLE(sidePx - 1, 24, 3);
  webp.writeUIntLE(sidePx - 1, 27, 3);
  return webp;
}

const repeated = (pattern: string, sizeBytes: number, begins: string): Buffer => {
  const bytes = Buffer.alloc(sizeBytes, Buffer.from(pattern, 'hex'));
  bytes.write(begins, 0, 'latin1');
  return bytes;
};

const nearlyTooLarge = 15 * 1024 ** 2;

async function bombsOf(): Promise<Record<string, Buffer>> {
  const jpeg = await badPhotos.jpeg();
  return {
    'a PNG of 60000 x 60000': pngOf(60_000, Buffer.from('789c636018050', 'hex')),
    'a JPEG of 65500 x 65500': sayingItIs(65_500, jpeg),
    'a JPEG of 9999 x 9999 that is none': sayingItIs(9_999, jpeg),
    'a JPEG without height': sayingItIs(0, jpeg),
    'a GIF of 65535 x 65535': gifOf(65_535),
    'a GIF of 8000 x 8000 that is none': gifOf(8_000),
    'a WebP of 16777216 x 16777216': webpOf(16_777_216),
    'a WebP of 8000 x 8000 that is none': webpOf(8_000),
    'a HEIC of 4294967295 x 4294967295': heicOf(0xffff_ffff, 1),
    'a HEIC of 8000 x 8000 that is none': heicOf(8_000, 1),
    'a HEIC that says it again and again': heicOf(8_000, 40_000),
    'a JPEG that only begins': repeated('0002ff01', nearlyTooLarge, '\xff\xd8\xff\xe0'),
    'icons without end': repeated('00000008', nearlyTooLarge, 'icns\xff\0\0\0'),
    'a drawing': Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">${'<g>'.repeat(9_999)}`),
    'a photo that breaks off': jpeg.subarray(0, jpeg.length / 2),
  };
}

async function upload(wire: Wire, token: string, picture: Buffer): Promise<Answer> {
  const boundary = 'border';
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="selfie"; filename="a.jpg"\r\n\r\n`),
    ...[picture, Buffer.from(`\r\n--${boundary}--\r\n`)],
  ]);
  const headers = { authorization: `Bearer ${token}`, 'content-type': `multipart/form-data; boundary=${boundary}` };
  return wire.ask({ method: 'POST', path: phonePaths.uploadSelfie, headers, body });
}

/** Pictures that are small as files and endless otherwise. */
export async function bombs(siege: Siege, token: string): Promise<void> {
  const { booth, check, count, wire } = siege;
  const phone = wire('127.0.0.23');
  for (const [what, picture] of Object.entries(await bombsOf())) {
    count('bombs');
    const answer = await upload(phone, token, picture);
    check(`${what}: answered at once`, answer.ms < mostMs, Math.round(answer.ms));
    check(`${what}: the booth lives`, booth.isAlive());
    if (!booth.isAlive()) return;
    if (answer.status !== 202) {
      const isTold = answer.status === 422 && refusalSchema.safeParse(JSON.parse(answer.body)).success;
      check(`${what}: refused with a reason`, isTold, answer.status);
      continue;
    }
    const { jobId } = selfieAcceptedSchema.parse(JSON.parse(answer.body));
    siege.secrets.add(jobId);
    const job = await ended(phone, jobId);
    check(`${what}: fails with a reason`, job.state === 'failed' && job.code !== undefined, job);
  }
}

/** The job when it is over, or as it was when nobody waits for it any longer. */
async function ended(wire: Wire, jobId: string): Promise<Partial<SelfieJob>> {
  const startMs = performance.now();
  let job: Partial<SelfieJob> = {};
  while (performance.now() - startMs < jobPatienceMs) {
    const answer = await wire.ask({ path: phonePaths.selfieJob(jobId) });
    if (answer.status === 200) job = selfieJobSchema.parse(JSON.parse(answer.body));
    if (job.state === 'done' || job.state === 'failed') break;
    await sleep(50);
  }
  return job;
}
