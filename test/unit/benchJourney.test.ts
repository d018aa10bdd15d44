import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { phonePaths } from '../../preload/index.ts';
import { visit } from '../bench/booth/journey.ts';

const token = 'A'.repeat(22);
const taken = { width: 3, height: 2, takenAt: '2026-06-13T22:12:00' };
const event = {
  ...{ code: 'wedding', name: 'W', accent: '#000000', languages: ['fr'], isOpen: true, mayRegister: true },
  ...{ asksEmail: false, sendsLink: false, consents: { fr: { version: '1', title: 'T', points: [], child: '' } } },
};
const gallery = {
  ...{ photos: [{ id: 1, ...taken }], maybe: [{ id: 2, ...taken }], language: 'fr', expiresAt: '2026-07-01T00:00:00Z' },
  ...{ mayDownload: true, isOriginalSize: false, hasSelfie: true, isLive: true },
};
const answers: Record<string, object | string> = {
  [phonePaths.event]: event,
  [phonePaths.register]: { guestToken: token, expiresAt: gallery.expiresAt },
  [phonePaths.uploadSelfie]: { jobId: 'one' },
  [phonePaths.selfieJobEvents('one')]: 'data: {"state":"done","photos":1}\n\n',
  [phonePaths.gallery(token)]: gallery,
  [phonePaths.photo(token, 1, 'thumbnail')]: 'picture',
  [phonePaths.photo(token, 2, 'thumbnail')]: 'picture',
  [phonePaths.zip(token)]: 'archive',
};

it('comes again where a phone is told to, whatever it has asked for, and counts that as no failure', async () => {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const { url = '' } = request;
    const times = (asked.get(url) ?? 0) + 1;
    asked.set(url, times);
    request.resume().once('end', () => {
      if (times === 1) response.writeHead(503, { 'retry-after': '0', 'content-type': 'application/json' }).end('{}');
      else {
        const answer = answers[url] ?? expect.fail(url);
        const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
        const type = typeof answer === 'string' ? 'application/octet-stream' : 'application/json';
        response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
      }
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const seen = await visit(`http://127.0.0.1:${String(port)}`, '127.0.0.1', [Buffer.from('selfie')]);
  expect(Object.values(seen.failures).every((failures) => failures === 0)).toBe(true);
  expect(seen.selfieToResultMs).toBeGreaterThan(0);
  expect(seen.retries).toBe(Object.keys(answers).length);
  expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(Object.keys(answers).map((path) => [path, 2])));
});
