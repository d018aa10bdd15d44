// The server for phones by itself, before there is an event: how it is reached.
import { createConnection, createServer } from 'node:net';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import { connect } from 'node:tls';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import multicastDns from 'multicast-dns';
import { pino } from 'pino';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDelivery, pagesDirOf, type Delivery } from '../../main/core/delivery/index.ts';
import { configSchema } from '../../main/core/index.ts';
import type { BoothEvent } from '../../main/core/events/index.ts';
import { eventSettingsSchema, phoneEventSchema, phonePaths } from '../../preload/index.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { refusalOf } from '../fixtures/phone.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { entriesDir } from '../fixtures/pack.ts';

function open(
  phones: object,
  event?: BoothEvent,
  limits: NonNullable<Parameters<typeof createDelivery>[0]['limits']> = {},
  places: object = {},
): Delivery {
  const delivery = createDelivery({
    config: configSchema.parse({
      ...{ libraryDir: '/nowhere', language: 'en' },
      phones: { host: '127.0.0.1', port: 0, address: '127.0.0.1', ...phones },
      ...places,
    }),
    pagesDir: pagesDirOf(entriesDir),
    brandingDir: '/nowhere',
    services: () => undefined,
    event: () => event,
    eventOfCode: () => undefined,
    consentsOf: () => ({}),
    onChanged: () => undefined,
    limits,
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => delivery.stop());
  return delivery;
}

const originOf = (delivery: Delivery): string => new URL(delivery.galleryUrlOf('A'.repeat(22)) ?? '').origin;

describe('the server for phones', () => {
  it('is there before anything is served, and says so', async () => {
    const delivery = open({});
    expect(delivery.galleryUrlOf('A'.repeat(22))).toBeUndefined();
    valueOf(await delivery.start());
    expect((await fetch(`${originOf(delivery)}/health`)).status).toBe(503);
    const page = await fetch(`${originOf(delivery)}${phonePaths.startPage}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const [script] = /\/assets\/[\w-]+\.js/.exec(await page.text()) ?? expect.fail('a page has a script');
    expect((await fetch(`${originOf(delivery)}${script}`)).status).toBe(200);
  });

  it('takes another port where a program has the one that is wanted', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const delivery = open({ port });
    valueOf(await delivery.start());
    expect(Number(new URL(originOf(delivery)).port)).not.toBe(port);
    expect((await fetch(`${originOf(delivery)}/health`)).status).toBe(503);
  });

  it('speaks HTTPS with the owner’s certificate, and says where that cannot be used', async () => {
    const folder = await temporaryFolder();
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'findme.local' }], { keySize: 2048 });
    const files = { certFile: path.join(folder, 'cert.pem'), keyFile: path.join(folder, 'key.pem') };
    await writeFile(files.certFile, cert);
    expect(codeOf(await open({ https: files }).start())).toBe('phones.bad-certificate');
    await writeFile(files.keyFile, 'no key');
    expect(codeOf(await open({ https: files }).start())).toBe('phones.bad-certificate');
    await writeFile(files.keyFile, key);
    const delivery = open({ https: files }, undefined, { handshakeMs: 2_000 });
    valueOf(await delivery.start());
    const url = new URL('/health', originOf(delivery));
    expect(url.protocol).toBe('https:');
    // Nobody has signed it: it is known by itself.
    const asked = https.get(url, { rejectUnauthorized: false });
    const [reply] = (await once(asked, 'response')) as [IncomingMessage];
    expect(JSON.parse(await text(reply))).toMatchObject({ status: 'starting' });
    const socket = connect({ host: url.hostname, port: Number(url.port), rejectUnauthorized: false });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    expect(socket.getPeerCertificate().raw.equals(new X509Certificate(cert).raw)).toBe(true);
    // Who takes a socket and does not so much as begin with TLS does not keep it.
    const silent = createConnection({ host: url.hostname, port: Number(url.port) }).resume();
    onTestFinished(() => void silent.destroy());
    silent.on('error', () => undefined);
    await once(silent, 'close');
  });

  it('has guests asked for an e-mail address only where the owner wants that, and a phone may register', async () => {
    const tells = async (asksEmail: object, may: object, state: BoothEvent['state'] = 'open', places: object = {}) => {
      const settings = eventSettingsSchema.parse({ may });
      const createdAt = new Date().toISOString();
      const event = { id: 1, uid: 'a', code: 'wedding', state, settings, createdAt, keyErasedAt: undefined };
      const delivery = open(asksEmail, event, {}, places);
      valueOf(await delivery.start());
      const reply = await fetch(`${originOf(delivery)}${phonePaths.event}`);
      return phoneEventSchema.parse(await reply.json());
    };
    const asks = async (...told: Parameters<typeof tells>) => (await tells(...told)).asksEmail;
    expect(await asks({}, { ownPhone: true })).toBe(false);
    expect(await asks({ asksEmail: true }, { ownPhone: true })).toBe(true);
    expect(await asks({ asksEmail: true }, { ownPhone: false })).toBe(false);
    expect(await asks({ asksEmail: true }, { ownPhone: true }, 'closed')).toBe(false);

    const mail = { host: 'mail.example.org', from: 'photos@example.org' };
    const cloud = { bucket: 'photos', galleryUrl: 'https://photos.example.org/' };
    const sends = async (isAsked: boolean, places: object) =>
      (await tells({ asksEmail: isAsked }, { ownPhone: true }, 'open', places)).sendsLink;
    expect(await sends(true, { mail, cloud })).toBe(true);
    expect(await sends(false, { mail, cloud })).toBe(false);
    expect(await sends(true, { mail })).toBe(false);
    expect(await sends(true, { cloud })).toBe(false);
    expect(await sends(true, { mail, cloud: { bucket: 'photos' } })).toBe(false);
  });

  it('counts each wrong code of an event once, however it is written', async () => {
    const delivery = open({});
    valueOf(await delivery.start());
    const seen: number[] = [];
    for (const eventCode of Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? ' Party ' : 'party'))) {
      const body = JSON.stringify({ eventCode, language: 'fr' });
      const headers = { 'content-type': 'application/json' };
      const url = `${originOf(delivery)}${phonePaths.register}`;
      seen.push((await refusalOf(await fetch(url, { method: 'POST', headers, body }))).status);
    }
    expect(seen).toEqual([...Array<number>(10).fill(404), 429, 429]);
  });

  it('answers to its name in the network', async () => {
    const delivery = open({ name: 'findme-test', address: '192.0.2.7' });
    valueOf(await delivery.start());
    const asking = multicastDns();
    onTestFinished(() => asking.destroy());
    const answered = new Promise((resolve) => {
      asking.on('response', ({ answers = [] }) => {
        for (const answer of answers)
          if (answer.type === 'A' && answer.name === 'findme-test.local') resolve(answer.data);
      });
    });
    asking.query('findme-test.local', 'A');
    expect(await answered).toBe('192.0.2.7');
  });
});
