import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../renderer/phone/server/createServer.ts';

const token = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('what a phone says to the server', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let asked: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage['headers'];
    body: string;
  }[];
  let reached: boolean[];
  const http = createHttpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      asked.push({ method, url, headers, body: Buffer.concat(parts).toString('latin1') });
      answer(request, response);
    });
  });
  const server = createServer({
    fetch: (path, init) => {
      const { port } = http.address() as AddressInfo;
      return fetch(typeof path === 'string' ? `http://127.0.0.1:${String(port)}${path}` : path, init);
    },
    language: () => 'fr',
    onReached: (isReached) => reached.push(isReached),
  });

  beforeEach(async () => {
    asked = [];
    reached = [];
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    if (!http.listening) return;
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  it('is a selfie as a form, with the guest’s token, in the guest’s language', async () => {
    answer = (_, response) => response.writeHead(202).end('{"jobId":"one"}');
    expect(await server.uploadSelfie(token, new Blob(['picture']))).toEqual({ kind: 'ok', value: { jobId: 'one' } });
    expect(asked).toMatchObject([
      {
        method: 'POST',
        url: '/api/upload-selfie',
        headers: { authorization: `Bearer ${token}`, 'accept-language': 'fr' },
      },
    ]);
    expect(asked[0].body).toMatch(/name="selfie"; filename="selfie.jpg"[^]*picture/);
    expect(reached).toEqual([true]);
  });

  it('is whether the face goes as well', async () => {
    answer = (_, response) => response.end('{"faces":12}');
    expect(await server.erase(token, true)).toEqual({ kind: 'ok', value: { faces: 12 } });
    expect(asked).toMatchObject([{ method: 'DELETE', url: `/api/galleries/${token}?faces=true` }]);
  });

  it('is refused with the server’s own sentence', async () => {
    answer = (_, response) => response.writeHead(401).end('{"code":"guest.unknown","message":"Ce lien n’ouvre rien."}');
    expect(await server.gallery(token)).toEqual({ kind: 'refused', status: 401, message: 'Ce lien n’ouvre rien.' });
  });

  it('is refused without a sentence by what is no server of ours', async () => {
    answer = (_, response) => response.writeHead(404).end('<h1>captive portal</h1>');
    expect(await server.event()).toEqual({ kind: 'refused', status: 404, message: '' });
  });

  it('is put off for as long as the server says', async () => {
    answer = (_, response) => response.writeHead(503, { 'Retry-After': '4' }).end('{"message":"Un instant."}');
    expect(await server.openGallery('ABCD2345')).toEqual({ kind: 'busy', afterMs: 4000, message: 'Un instant.' });
    expect(asked[0].body).toBe('{"code":"ABCD2345"}');
  });

  it('is lost where nobody answers', async () => {
    answer = (request) => request.socket.destroy();
    expect(await server.event()).toEqual({ kind: 'lost' });
    expect(reached).toEqual([false]);
  });
});
