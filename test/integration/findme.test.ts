// A FindMe service, as the booth supposes it: a server on this machine that is built from the same document as the mapping is held to.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { noVault, openKeys, type Keys } from '../../main/core/keys/index.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { createFindmeCarrier, createFindmeRecords } from '../../main/core/sync/findme/index.ts';
import { selfiePlaceOf, type VisitFacts } from '../../main/core/guests/index.ts';
import { externalIdOf } from '../../main/core/sync/findme/mapping.ts';
import openapi from '../../resources/findme/openapi.json' with { type: 'json' };
import { valueOf } from '../fixtures/core.ts';
import { openapiSchemas, startFindme, type FindmeServer } from '../fixtures/findmeServer.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

const at = '2026-06-12T20:00:00.000Z';
const consent = { language: 'fr', version: 'abc', text: 'Je suis d’accord.' } as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const photos = [sha256('one'), sha256('two')];
// As far as anybody looks.
const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(50_000), Buffer.from('ffd9', 'hex')]);
const never = new AbortController().signal;

let libraryDir: string;
let store: Store;
let keys: Keys;
let eventId: number;
let eventUid: string;
let service: FindmeServer;
let facts: Map<string, VisitFacts>;
beforeEach(async () => {
  libraryDir = await temporaryFolder();
  store = valueOf(openStore(libraryDir));
  onTestFinished(() => store.close());
  keys = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
  ({ id: eventId, uid: eventUid } = valueOf(store.events.add({ code: 'GALA', state: 'open', settings: '{}' })));
  service = await startFindme();
  onTestFinished(() => service.close());
  facts = new Map();
});

/** A guest who has agreed and taken a selfie. @returns the visit */
function visit(of: Partial<VisitFacts> = { name: 'Inès', email: 'ines@example.org' }): string {
  const id = randomUUID();
  valueOf(store.visits.add({ id, eventId, at, consent }));
  const sealer = valueOf(keys.eventKeys()?.sealerOf(eventId) ?? expect.fail('the keys are open'));
  valueOf(store.findme.putSelfie(id, eventId, sealer.seal(selfiePlaceOf(id), jpeg)));
  facts.set(id, { name: undefined, email: undefined, photos, ...of });
  return id;
}

function carrier({ url = service.url, token = service.token, wholeMs = 10_000, of = keys } = {}) {
  const opened = createFindmeCarrier({
    settings: { url },
    token: () => (token === '' ? undefined : token),
    records: createFindmeRecords({ store, keys: of, factsOf: (id) => facts.get(id) }),
    wholeMs,
  });
  onTestFinished(() => opened.close());
  const paced: number[] = [];
  const pace = (bytes: number) => Promise.resolve(void paced.push(bytes));
  const does = async (kind: string, what: 'put' | 'remove', subject: string, signal = never) =>
    (await opened.carry({ kind, does: what, subject, eventUid }, signal, pace)).outcome;
  return {
    ...opened,
    paced,
    register: (id: string, signal?: AbortSignal) => does('guest', 'put', id, signal),
    remove: (id: string) => does('guest', 'remove', id),
    upload: (id: string) => does('selfie', 'put', id),
    forget: (id: string) => does('selfie', 'remove', id),
  };
}

const done = { at: 'done' };
const faultOnce = (fault: ReturnType<FindmeServer['faultFor']>) => {
  let isOver = false;
  service.faultFor = () => {
    if (isOver) return undefined;
    isOver = true;
    return fault;
  };
};
const heardKeys = () => service.heard.map(({ idempotencyKey }) => idempotencyKey);

describe('the document of what is supposed', () => {
  it('is sound: each of its schemas is one, and each reference leads somewhere', () => {
    const schemaOf = openapiSchemas();
    for (const name of Object.keys(openapi.components.schemas)) schemaOf(`#/components/schemas/${name}`);
    const references = [...JSON.stringify(openapi).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, pointer = '']) => pointer,
    );
    expect(references.length).toBeGreaterThan(10);
    for (const pointer of references) {
      const target = pointer
        .split('/')
        .reduce<unknown>((part, name) => new Map(Object.entries(Object(part) as object)).get(name), openapi);
      expect(target, pointer).toBeDefined();
    }
    expect(openapi.openapi).toBe('3.1.0');
  });

  it('says that it is unverified', () => {
    expect(openapi['x-unverified']).toBe(true);
    expect(openapi.info.description).toMatch(/^UNVERIFIED/);
  });
});

describe('a guest', () => {
  it('is registered with what they agreed to, and their selfie follows with what was found', async () => {
    const id = visit();
    const opened = carrier();
    expect(await opened.check()).toEqual(done);
    expect(await opened.register(id)).toEqual(done);
    const [[guestId, guest] = expect.fail('there is a guest')] = service.guests;
    expect(guest.registration).toEqual({
      event_code: 'GALA',
      external_id: externalIdOf(id),
      name: 'Inès',
      email: 'ines@example.org',
      language: 'fr',
      consent: { version: 'abc', text: 'Je suis d’accord.', at },
    });
    expect(await opened.upload(id)).toEqual(done);
    const selfie = service.guests.get(guestId)?.selfie ?? {};
    expect(selfie).toMatchObject({ guest_id: guestId, upload_token: `token of ${guestId}` });
    expect(Buffer.from(String(selfie['selfie']), 'latin1').equals(jpeg)).toBe(true);
    expect(JSON.parse(String(selfie['photos']))).toEqual(photos);
    expect(opened.paced[0]).toBeGreaterThan(jpeg.byteLength);
    // Held to the document by the service; nothing of the visit itself is in it.
    expect(service.refused).toEqual([]);
    expect(JSON.stringify(service.heard)).not.toContain(id);
  });

  it('may be nobody in particular', async () => {
    expect(await carrier().register(visit({}))).toEqual(done);
    const [guest = expect.fail('there is a guest')] = service.guests.values();
    expect(Object.keys(guest.registration).sort()).toEqual(['consent', 'event_code', 'external_id', 'language']);
    expect(service.refused).toEqual([]);
  });

  it('leaves no selfie here once the service has it, and nothing in clear', async () => {
    const id = visit();
    const opened = carrier();
    await opened.register(id);
    expect(store.findme.selfieOf(id)).toBeDefined();
    await opened.upload(id);
    expect(store.findme.selfieOf(id)).toBeUndefined();
    const [guestId = ''] = service.guests.keys();
    const database = await readFile(path.join(libraryDir, 'library.db-wal'));
    expect(database.includes(guestId)).toBe(false);
    expect(await opened.upload(id)).toEqual(done);
    expect(service.heard).toHaveLength(2);
  });

  it('has no selfie uploaded before they are registered', async () => {
    expect(await carrier().upload(visit())).toMatchObject({ at: 'later', code: 'findme.failed' });
    expect(service.heard).toEqual([]);
  });

  it('is not told of after an erasure, nor their selfie', async () => {
    const id = visit();
    store.visits.erase({ id, eventId }, 'guest', 0);
    const opened = carrier();
    expect([await opened.register(id), await opened.upload(id)]).toEqual([done, done]);
    expect(service.heard).toEqual([]);
  });
});

describe('a guest who was erased', () => {
  it('is erased there, once, by what the service knows them', async () => {
    const id = visit();
    const opened = carrier();
    await opened.register(id);
    await opened.upload(id);
    store.visits.erase({ id, eventId }, 'guest', 0);
    expect(await opened.remove(id)).toEqual(done);
    expect(service.guests.size).toBe(0);
    expect(service.heard.at(-1)?.operation).toBe('removeGuest');
    expect(store.findme.guestOf(id)).toBeUndefined();
    expect(await opened.remove(id)).toEqual(done);
    expect(service.heard).toHaveLength(3);
  });

  it('is erased even where nobody heard that they were registered', async () => {
    const id = visit();
    const opened = carrier();
    faultOnce({ afterDoing: 'cut' });
    expect(await opened.register(id)).toMatchObject({ at: 'later', code: 'findme.unreachable' });
    expect(service.guests.size).toBe(1);
    store.visits.erase({ id, eventId }, 'guest', 0);
    expect(await opened.remove(id)).toEqual(done);
    expect(service.guests.size).toBe(0);
    expect(service.heard.at(-1)?.operation).toBe('removeGuestByExternalId');
  });

  it('is not forgotten here before the service has heard of it', async () => {
    const id = visit();
    const opened = carrier();
    await opened.register(id);
    faultOnce({ instead: { status: 500 } });
    expect(await opened.remove(id)).toMatchObject({ at: 'later', code: 'findme.failed' });
    expect(store.findme.guestOf(id)).toBeDefined();
    // A hall's network has no guests, and says so to everybody.
    faultOnce({ instead: { status: 404, headers: { 'content-type': 'text/html' }, body: '<p>Wi-Fi' } });
    expect(await opened.remove(id)).toMatchObject({ at: 'later', code: 'findme.unreachable' });
    faultOnce({ instead: { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' } });
    expect(await opened.remove(id)).not.toEqual(done);
    expect(await opened.remove(id)).toEqual(done);
  });

  it('is erased by our name for them where theirs can be read by nobody any more', async () => {
    const id = visit();
    const opened = carrier();
    await opened.register(id);
    valueOf(store.findme.putGuest(id, store.events.get(eventId)?.uid ?? '', Buffer.from('sealed under another key')));
    store.visits.erase({ id, eventId }, 'guest', 0);
    expect(await opened.remove(id)).toEqual(done);
    expect(service.guests.size).toBe(0);
    expect(store.findme.guestOf(id)).toBeUndefined();
  });

  it('needs no service where there was never any', async () => {
    await service.close();
    const id = visit();
    expect([await carrier().remove(id), await carrier().forget(id)]).toEqual([done, done]);
    expect(store.findme.selfieOf(id)).toBeUndefined();
  });
});

describe('a request that is made again', () => {
  it.each(['same', 'conflict'] as const)('is the same one, and one guest (answered with %s)', async (repeats) => {
    service.repeats = repeats;
    const id = visit();
    const opened = carrier();
    faultOnce({ afterDoing: { status: 500 } });
    expect(await opened.register(id)).toMatchObject({ at: 'later', code: 'findme.failed' });
    expect(await opened.register(id)).toEqual(done);
    expect(service.guests.size).toBe(1);
    expect(new Set(heardKeys()).size).toBe(1);
    faultOnce({ afterDoing: 'cut' });
    expect(await opened.upload(id)).toMatchObject({ at: 'later', code: 'findme.unreachable' });
    expect(await opened.upload(id)).toEqual(done);
    expect(new Set(heardKeys()).size).toBe(2);
    await opened.register(visit());
    expect(new Set(heardKeys()).size).toBe(3);
  });

  it('is another where something else is told', async () => {
    const id = visit();
    const opened = carrier();
    await opened.register(id);
    facts.set(id, { name: 'Inès B.', email: undefined, photos });
    await opened.register(id);
    expect(new Set(heardKeys()).size).toBe(2);
    expect(service.guests.size).toBe(1);
  });
});

describe('a service that does not do it', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    [
      'is overloaded',
      { status: 503, headers: { 'retry-after': '7' } },
      { at: 'later', code: 'findme.failed', afterMs: 7_000 },
    ],
    ['has had too much', { status: 429, headers: { 'retry-after': '1e9' } }, { at: 'later', code: 'findme.failed' }],
    ['does not know the token', { status: 401 }, { at: 'refused', code: 'findme.not-allowed' }],
    ['does not let it in', { status: 403 }, { at: 'refused', code: 'findme.not-allowed' }],
    ['does not take this guest', { status: 422 }, { at: 'refused', code: 'findme.refused' }],
    ['knows of another', { status: 409, headers: json, body: '{}' }, { at: 'refused', code: 'findme.refused' }],
    ['answers garbage', { status: 200, headers: json, body: '{"guest_id":' }, { at: 'later', code: 'findme.failed' }],
    ['names no guest', { status: 200, headers: json, body: '{"guest_id":""}' }, { at: 'later', code: 'findme.failed' }],
    [
      'answers without end',
      { status: 200, headers: json, body: ' '.repeat(1e6) },
      { at: 'later', code: 'findme.failed' },
    ],
    [
      'is a hall’s network',
      { status: 200, headers: { 'content-type': 'text/html' }, body: 'x' },
      { at: 'later', code: 'findme.unreachable' },
    ],
    [
      'is elsewhere',
      { status: 307, headers: { location: 'http://127.0.0.1:9/' } },
      { at: 'later', code: 'findme.unreachable' },
    ],
  ])('because it %s', async (_, instead, outcome) => {
    const id = visit();
    const opened = carrier();
    faultOnce({ instead });
    expect(await opened.register(id)).toMatchObject(outcome);
    // That one's alone, and it can be done later.
    expect(await opened.register(visit())).toEqual(done);
    expect(await opened.register(id)).toEqual(done);
    expect(service.guests.size).toBe(2);
  });

  it('because the line is cut, or nobody answers in time, or is to', async () => {
    const id = visit();
    faultOnce({ isCut: true });
    expect(await carrier().register(id)).toMatchObject({ at: 'later', code: 'findme.unreachable' });
    service.faultFor = () => ({ isSilent: true });
    expect(await carrier({ wholeMs: 100 }).register(id)).toMatchObject({ at: 'later', code: 'findme.unreachable' });
    const cutting = new AbortController();
    setTimeout(() => cutting.abort(), 100);
    const cutOff = carrier({ wholeMs: 600_000 }).register(id, cutting.signal);
    expect(await cutOff).toMatchObject({ at: 'later', code: 'findme.unreachable' });
    await service.close();
    expect(await carrier().check()).toMatchObject({ at: 'later', code: 'findme.unreachable' });
  });

  it('because the booth has no token, or a wrong one; and no detail repeats it', async () => {
    expect(await carrier({ token: '' }).check()).toMatchObject({ at: 'refused', code: 'findme.not-allowed' });
    expect(await carrier({ token: 'wrong' }).check()).toMatchObject({ at: 'refused', code: 'findme.not-allowed' });
    const unsendable = await carrier({ token: 'a token\nof two lines' }).check();
    expect(unsendable.at).toBe('later');
    expect(JSON.stringify(unsendable)).not.toContain('two lines');
  });

  it('because anybody could read along: nothing is sent', async () => {
    const opened = carrier({ url: 'http://findme.example.org' });
    const refused = { at: 'refused', code: 'findme.insecure' };
    expect(await opened.check()).toMatchObject(refused);
    expect(await opened.register(visit())).toMatchObject(refused);
  });
});

describe('what is sealed', () => {
  it('waits for the passphrase', async () => {
    const id = visit();
    const away: Keys = { ...keys, eventKeys: () => undefined, sealer: () => undefined };
    await carrier().register(id);
    const opened = carrier({ of: away });
    for (const outcome of [await opened.register(id), await opened.upload(id), await opened.remove(id)])
      expect(outcome).toMatchObject({ at: 'later', code: 'cloud.keys-away' });
    expect(service.heard).toHaveLength(1);
  });

  it('is given up with the event’s key; the service is told of the erasure all the same', async () => {
    const id = visit();
    const opened = carrier();
    await opened.register(id);
    valueOf(keys.eventKeys()?.erase(eventId) ?? expect.fail('the keys are open'));
    expect(await opened.upload(id)).toMatchObject({ at: 'refused', code: 'cloud.content-missing' });
    expect(await opened.remove(id)).toEqual(done);
    expect(service.guests.size).toBe(0);
  });
});
