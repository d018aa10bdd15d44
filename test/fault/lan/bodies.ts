import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { phonePaths } from '../../../preload/index.ts';
import { isRefused, type Siege } from './siege.ts';
import { jsonOf, requestOf, type Asking } from './wire.ts';

const mebibyte = 1024 ** 2;
const boundary = 'border';
const end = `\r\n--${boundary}--\r\n`;
const mostGrowthBytes = 100 * mebibyte;

const partHead = (field: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`;

/** An upload that has begun: its head, and the part's. */
function uploadHead(token: string, headers: Record<string, string>, field = 'selfie'): string {
  const type = `multipart/form-data; boundary=${boundary}`;
  const head = requestOf({
    ...{ method: 'POST', path: phonePaths.uploadSelfie },
    headers: { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
  });
  return `${head.toString('latin1')}${partHead(field)}`;
}

const room = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });

/** Writes so much, as fast as it is taken. */
async function pour(socket: Socket, sizeBytes: number): Promise<void> {
  const block = Buffer.alloc(256 * 1024, 0x20);
  for (let left = sizeBytes; left > 0 && !socket.destroyed; left -= block.length) {
    if (!socket.write(block.subarray(0, left))) await room(socket);
  }
}

/** The same in chunks, of which nobody knows how many will come. */
async function pourChunks(socket: Socket, sizeBytes: number): Promise<void> {
  const block = Buffer.alloc(256 * 1024, 0x20);
  const chunk = Buffer.concat([Buffer.from(`${block.length.toString(16)}\r\n`), block, Buffer.from('\r\n')]);
  for (let left = sizeBytes; left > 0 && !socket.destroyed; left -= block.length) {
    if (!socket.write(chunk)) await room(socket);
  }
}

const chunkOf = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** A byte every now and then, without end. */
async function drip(socket: Socket): Promise<void> {
  while (!socket.destroyed) {
    socket.write(' ');
    await sleep(100);
  }
}

/** What is too much is refused, and not held in memory. Apart from other attacks, whose memory would be counted with it. */
export async function floods({ booth, check, count, wire }: Siege, token: string): Promise<void> {
  const phone = wire('127.0.0.21');
  const json = await phone.ask(jsonOf(phonePaths.register, { eventCode: 'x'.repeat(mebibyte), language: 'en' }));
  check('a megabyte of JSON is refused', json.status === 413, json.status);
  booth.peakBytes();
  const before = booth.standing()?.rssBytes ?? 0;
  const large = 64 * mebibyte;
  const told = await phone.exchange(uploadHead(token, { 'content-length': String(large) }));
  check('an upload of 64 MB is refused before it is sent', told.status === 413, told.status);
  const head = uploadHead(token, { 'transfer-encoding': 'chunked' }).replace(partHead('selfie'), '');
  const upload = await phone.exchange(`${head}${chunkOf(partHead('selfie'))}`, {
    send: async (socket) => {
      await pourChunks(socket, large);
      socket.write(`${chunkOf(end)}0\r\n\r\n`);
    },
  });
  check('an upload of 64 MB in chunks is refused', upload.status === 413, upload.status);
  await sleep(100);
  const growth = booth.peakBytes() - before;
  count('growth by uploads of 64 MB, MB', Math.round(growth / 1e6));
  check('an upload of 64 MB is not held in memory', growth < mostGrowthBytes, growth);
}

/** Bodies that are not what their heads say, and those that never end. */
export async function bodies(siege: Siege, token: string): Promise<void> {
  const { check, count, limits, wire } = siege;
  const phone = wire('127.0.0.22');
  const multipart = `multipart/form-data; boundary=${boundary}`;
  const uploadOf = (body: string, contentType = multipart): Asking => ({
    ...{ method: 'POST', path: phonePaths.uploadSelfie, body },
    headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
  });
  const part = (name: string, more = '') =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\na\r\n`;
  const refused: Record<string, Asking> = {
    'a thousand fields': uploadOf(Array.from({ length: 1_000 }, (_, i) => part(`f${String(i)}`)).join('') + end),
    'a thousand files': uploadOf(part('selfie', '; filename="a"').repeat(1_000) + end),
    'a part with a thousand headers': uploadOf(`--${boundary}\r\n${'x-a: b\r\n'.repeat(1_000)}\r\n${end}`),
    'no boundary': uploadOf(end, 'multipart/form-data'),
    'another boundary': uploadOf(part('selfie', '; filename="a"') + end, 'multipart/form-data; boundary=other'),
    'an endless boundary': uploadOf(end, `multipart/form-data; boundary=${'b'.repeat(5_000)}`),
    'a part that does not end': uploadOf(part('selfie', '; filename="a"')),
    'nothing at all': uploadOf(''),
    'another type': uploadOf('a', 'image/jpeg'),
    'a prototype': { ...jsonOf(phonePaths.open, {}), body: '{"code":"a","__proto__":{"a":1}}' },
    brackets: { ...jsonOf(phonePaths.open, {}), body: '['.repeat(16_000) },
    'no JSON': { ...jsonOf(phonePaths.open, {}), body: '\0\xff' },
  };
  for (const [what, asking] of Object.entries(refused)) {
    const answer = await phone.ask(asking);
    count('bodies');
    check(`${what}: refused`, isRefused(answer), answer.status);
  }

  const open = (headers: string, body: string) =>
    `POST ${phonePaths.open} HTTP/1.1\r\nhost: booth\r\ncontent-type: application/json\r\n${headers}\r\n${body}`;
  const lies: Record<string, string> = {
    'a length and chunks': open('content-length: 4\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\n'),
    'two lengths': open('content-length: 4\r\ncontent-length: 5\r\n', 'abcde'),
    'a length below nothing': open('content-length: -1\r\n', ''),
    'a length in words': open('content-length: four\r\n', 'abcd'),
    'chunks of another size': open('transfer-encoding: chunked\r\nconnection: close\r\n', 'zz\r\nabc\r\n0\r\n\r\n'),
  };
  for (const [what, bytes] of Object.entries(lies)) {
    const answer = await phone.exchange(bytes);
    count('bodies');
    check(
      `${what}: refused, and hung up`,
      (isRefused(answer) || answer.status === 0) && answer.isClosed,
      answer.status,
    );
  }

  // Two checks by the server's clock may lie between, and this machine is busy.
  const patienceMs = limits.requestMs + limits.headersMs + 2_000;
  const endless: Record<string, { bytes: string; send?: (socket: Socket) => Promise<void> }> = {
    'a body that stops': { bytes: open(`content-length: 100\r\n`, 'half') },
    'a body that drips': { bytes: open(`content-length: ${String(10_000)}\r\n`, ''), send: drip },
    'an upload that stops': { bytes: uploadHead(token, { 'content-length': String(mebibyte) }) },
    'an upload that drips': { bytes: uploadHead(token, { 'content-length': String(mebibyte) }), send: drip },
    'an upload in endless chunks': {
      bytes: uploadHead(token, { 'transfer-encoding': 'chunked', connection: 'keep-alive' }).replace(
        /\r\n\r\n[^]*$/,
        '\r\n\r\n',
      ),
      send: drip,
    },
    'an upload of something else that goes on': {
      bytes: uploadHead(token, { 'content-length': String(8 * mebibyte), connection: 'keep-alive' }, 'other'),
      send: (socket) => pour(socket, 7 * mebibyte),
    },
  };
  await Promise.all(
    Object.entries(endless).map(async ([what, { bytes, send }], i) => {
      const from = wire(`127.0.0.${String(120 + i)}`);
      const answer = await from.exchange(bytes, { patienceMs, ...(send === undefined ? {} : { send }) });
      count('bodies without end');
      check(`${what}: hung up`, answer.isClosed, { status: answer.status, ms: Math.round(answer.ms) });
    }),
  );
}
