// Core's side of the guests' windows, over real message ports: the whole contract, and all that is none of it.
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createGuestBook, createVisits, type Visits } from '../../main/core/guests/index.ts';
import { runEngine, type RunningEngine } from '../../main/core/engine.ts';
import { configSchema, noVault, openStore, type Core } from '../../main/core/index.ts';
import { createKioskServer, kioskOf, type KioskServer, type Services } from '../../main/core/kiosk/index.ts';
import { createChildProcessSpawner, type HostPort } from '../../main/processes/index.ts';
import {
  fail,
  kioskEvents,
  kioskRequests,
  toldSchema,
  type Engine,
  type KioskMethod,
  type KioskReply,
  type KioskRequest,
} from '../../preload/index.ts';
import { cameraFrame, eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import { codeOf, consentVersionOf, sealerOf, startBooth, valueOf } from '../fixtures/core.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../fixtures/folders.ts';
import { entriesDir, modelsDir } from '../fixtures/pack.ts';
import { sampleFile, sceneFile } from '../fixtures/photos.ts';

const nobodyThere = '00000000-0000-4000-8000-000000000000';
const methods = Object.keys(kioskRequests) as KioskMethod[];

let folder: string;
let core: Core;
let eventId: number;
let photoIds: number[];
let frame: Buffer;

beforeAll(async () => {
  folder = await makeFolder();
  core = valueOf((await startBooth({ libraryDir: path.join(folder, 'library'), keepOriginals: 'link' })).core);
  eventId = core.events.open('wedding').id;
  const taken = [];
  for (const sample of eventSamples) taken.push(valueOf(await core.library.take(eventId, sampleFile(sample))));
  photoIds = taken.map(({ photoId }) => photoId);
  await core.library.settled();
  frame = await cameraFrame('guest');
});

afterAll(async () => {
  await core.stop();
  await removeFolder(folder);
});

/** Node's port as Electron's is used. */
const hostPortOf = (port: MessagePort): HostPort => ({
  on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
    event === 'message'
      ? port.on('message', (data: unknown) => listener({ data }))
      : port.on('close', () => listener({ data: undefined })),
  postMessage: (message) => port.postMessage(message),
  start: () => port.start(),
});

/** A window's end of the line. What it hears is validated, as a window does. */
function openWindow(server: KioskServer) {
  const { port1, port2 } = new MessageChannel();
  const engines: Engine[] = [];
  const waiting = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  port2.on('message', (data: unknown) => {
    const told = toldSchema.parse(data);
    if (told.type === 'reply') {
      const answer = waiting.get(told.id) ?? expect.fail(`a second answer to ${String(told.id)}`);
      waiting.delete(told.id);
      answer(told.value);
    } else {
      if (told.name === 'engine:changed') engines.push(kioskEvents['engine:changed'].parse(told.payload));
      else expect(told.name).toBe('kiosk:changed');
    }
  });
  server.connect(hostPortOf(port1));
  const close = () => port2.close();
  onTestFinished(close);

  const askAnything = (method: string, payload: unknown): Promise<unknown> => {
    const id = lastId++;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    port2.postMessage({ type: 'ask', id, method, payload });
    return answer;
  };
  return {
    engines,
    post: (message: unknown) => port2.postMessage(message),
    askAnything,
    ask: async <M extends KioskMethod>(method: M, payload: KioskRequest<M>): Promise<KioskReply<M>> =>
      kioskRequests[method].reply.parse(await askAnything(method, payload)) as KioskReply<M>,
    close,
  };
}

const openVisits = (): Visits => {
  const book = createGuestBook({
    ...core,
    sealer: sealerOf(core.store, eventId),
    eventId,
    onErased: () => Promise.resolve(),
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => book.stop());
  return createVisits({ ...core, book, eventId });
};

/** A server whose engine is ready. */
function openServer({ mayBrowse = true, services = {} }: { mayBrowse?: boolean; services?: Partial<Services> } = {}) {
  const event = core.events.get(eventId) ?? expect.fail('there is no event');
  const { settings } = event;
  const kiosk = kioskOf({
    config: configSchema.parse({ libraryDir: folder, language: 'fr' }),
    event: { ...event, settings: { ...settings, may: { ...settings.may, browse: mayBrowse } } },
    consents: core.events.consentsOf(event),
  });
  const said: { level: number; method?: string; err?: { message: string } }[] = [];
  const log = pino({}, { write: (line: string) => said.push(JSON.parse(line) as (typeof said)[number]) });
  const server = createKioskServer({ kiosk, event: () => event, galleryUrlOf: () => undefined, log });
  const visits = services.visits ?? openVisits();
  const ready: Services = { store: core.store, eventId, printing: undefined, ...services, visits };
  const open = () => server.setEngine({ at: 'ready' }, ready);
  return { server, visits, said, open };
}

function readyServer(options: Parameters<typeof openServer>[0] = {}) {
  const opened = openServer(options);
  opened.open();
  return opened;
}

/** A request that the contract allows, of each method. */
const wellFormed = (visitId: string): { [M in KioskMethod]: KioskRequest<M> } => ({
  'kiosk:open': {},
  'visit:begin': { language: 'fr', consentVersion: consentVersionOf(core, eventId) },
  'guide:check': { visitId, frame, subjects: [{ x: 0.5, y: 0.5 }] },
  'selfie:frame': { visitId, shot: 1, frame, subjects: [] },
  'selfie:search': { visitId, shot: 1 },
  'visit:answer': { visitId, photoId: photoIds[0], isMe: true },
  'visit:keep': { visitId },
  'visit:share': { visitId },
  'print:allowance': { visitId },
  'print:page': { visitId, templateId: 'full', photoIds: [photoIds[0]] },
  'print:order': { visitId, pageId: '00000000-0000-4000-8000-000000000000', copies: 1 },
  'visit:resume': { code: '0123 4567', language: 'en' },
  'visit:erase': { visitId, withFaces: false },
  'visit:end': { visitId },
  'camera:state': { camera: 'live' },
  'browse:hours': {},
  'browse:photos': { hour: '2026-06-20T21', offset: 0, limit: 10 },
});

const begin = async ({ ask }: ReturnType<typeof openWindow>): Promise<string> =>
  valueOf(await ask('visit:begin', { language: 'fr', consentVersion: consentVersionOf(core, eventId) })).visitId;

describe('a window', () => {
  it('has the whole contract answered, from the first question to the end of the visit', async () => {
    const { server } = readyServer();
    const window = openWindow(server);
    const { ask } = window;
    const kiosk = valueOf(await ask('kiosk:open', {}));
    expect(kiosk).toMatchObject({
      event: { id: eventId, name: 'FindMe', attractPictures: [] },
      engine: { at: 'ready' },
    });

    const visitId = await begin(window);
    const guidance = valueOf(await ask('guide:check', { visitId, frame, subjects: [] }));
    expect(guidance).toMatchObject({ advice: 'ready', faces: [{ isSubject: true }] });
    expect(valueOf(await ask('selfie:frame', { visitId, shot: 1, frame, subjects: [] }))).toEqual({ isUseful: true });
    const found = valueOf(await ask('selfie:search', { visitId, shot: 1 }));
    const photoId = photoIds[eventSamples.indexOf(guestsPhoto)];
    expect(found).toMatchObject({ sure: [{ id: photoId }], maybe: [], searchedPhotos: eventSamples.length });
    expect(valueOf(await ask('visit:answer', { visitId, photoId, isMe: true }))).toEqual({});
    const { code } = valueOf(await ask('visit:keep', { visitId }));
    expect(valueOf(await ask('visit:end', { visitId }))).toEqual({});
    expect(codeOf(await ask('visit:keep', { visitId }))).toBe('visit.unknown');

    const back = valueOf(await ask('visit:resume', { code, language: 'en' }));
    expect(back).toMatchObject({ findings: { sure: [{ id: photoId }] }, newPhotos: 0 });
    expect(valueOf(await ask('visit:answer', { visitId: back.visitId, photoId, isMe: false }))).toEqual({});
    expect(valueOf(await ask('visit:end', { visitId: back.visitId }))).toEqual({});
  });

  it('can look through all photos, hour by hour', async () => {
    const { server } = readyServer();
    const { ask } = openWindow(server);
    const hours = valueOf(await ask('browse:hours', {}));
    expect(hours.reduce((sum, { photos }) => sum + photos, 0)).toBe(photoIds.length);
    expect(hours).toEqual(hours.toSorted((a, b) => (a.hour < b.hour ? -1 : 1)));
    const shown: number[] = [];
    for (const { hour, photos } of hours) {
      for (let offset = 0; offset < photos; offset += 3) {
        const page = valueOf(await ask('browse:photos', { hour, offset, limit: 3 }));
        expect(page).toHaveLength(Math.min(3, photos - offset));
        for (const { takenAt } of page) expect(takenAt.startsWith(hour)).toBe(true);
        shown.push(...page.map(({ id }) => id));
      }
      expect(valueOf(await ask('browse:photos', { hour, offset: photos, limit: 3 }))).toEqual([]);
    }
    expect(shown.toSorted((a, b) => a - b)).toEqual(photoIds);
    expect(valueOf(await ask('browse:photos', { hour: '1999-12-31T23', offset: 0, limit: 3 }))).toEqual([]);
  });

  it('cannot, where the event does not allow it', async () => {
    const { server } = readyServer({ mayBrowse: false });
    const { ask } = openWindow(server);
    expect(valueOf(await ask('kiosk:open', {})).mayBrowse).toBe(false);
    expect(codeOf(await ask('browse:hours', {}))).toBe('browse.off');
    expect(codeOf(await ask('browse:photos', wellFormed(nobodyThere)['browse:photos']))).toBe('browse.off');
  });

  it('is told that the engine is starting, and when it is ready or has failed', async () => {
    const { server, open } = openServer();
    const first = openWindow(server);
    expect(valueOf(await first.ask('kiosk:open', {})).engine).toEqual({ at: 'starting' });
    const second = openWindow(server);
    for (const method of methods) {
      if (['kiosk:open', 'visit:end', 'camera:state'].includes(method)) continue;
      expect([method, codeOf(await first.ask(method, wellFormed(nobodyThere)[method]))]).toEqual([
        method,
        'engine.starting',
      ]);
    }
    // Ending what is not there is no fault.
    expect(valueOf(await first.ask('visit:end', { visitId: nobodyThere }))).toEqual({});

    server.setEngine({ at: 'failed', code: 'library.busy' });
    expect(valueOf(await first.ask('kiosk:open', {})).engine).toEqual({ at: 'failed', code: 'library.busy' });
    open();
    await begin(first);
    const told: Engine[] = [{ at: 'failed', code: 'library.busy' }, { at: 'ready' }];
    await vi.waitFor(() => {
      expect([first.engines, second.engines]).toEqual([told, told]);
    });
  });
});

describe('a visit', () => {
  it('cannot be touched by another window', async () => {
    const { server, visits } = readyServer();
    const [mine, theirs] = [openWindow(server), openWindow(server)];
    const visitId = await begin(mine);
    valueOf(await mine.ask('selfie:frame', { visitId, shot: 1, frame, subjects: [] }));
    valueOf(await mine.ask('selfie:search', { visitId, shot: 1 }));

    const requests = wellFormed(visitId);
    for (const method of ['guide:check', 'selfie:frame', 'selfie:search', 'visit:answer', 'visit:keep'] as const) {
      expect([method, codeOf(await theirs.ask(method, requests[method]))]).toEqual([method, 'visit.unknown']);
    }
    expect(valueOf(await theirs.ask('visit:end', { visitId }))).toEqual({});
    theirs.close();
    expect(codeOf(await mine.ask('visit:keep', { visitId }))).toBe('ok');
    // And not by one that only knows its id.
    expect(codeOf(visits.answer(visitId, photoIds[0], true))).toBe('ok');
    expect(codeOf(await openWindow(server).ask('visit:answer', requests['visit:answer']))).toBe('visit.unknown');
  });

  it('ends when its window closes the line', async () => {
    const { server, visits } = readyServer();
    const [gone, there] = [openWindow(server), openWindow(server)];
    const [left, stays] = [await begin(gone), await begin(there)];
    gone.close();
    await vi.waitFor(() => expect(codeOf(visits.answer(left, photoIds[0], true))).toBe('visit.unknown'));
    expect(codeOf(visits.answer(stays, photoIds[0], true))).toBe('ok');
    // Nobody is told anything any more.
    server.setEngine({ at: 'starting' });
    await vi.waitFor(() => expect(there.engines).toEqual([{ at: 'starting' }]));
    expect(gone.engines).toEqual([]);
  });

  it('ends as well where its window closed the line while it was being opened with a code', async () => {
    const visits = openVisits();
    const opened: string[] = [];
    const resume: Visits['resume'] = async (typed) => {
      const resumed = await visits.resume(typed);
      opened.push(valueOf(resumed).visitId);
      return resumed;
    };
    const { server } = readyServer({ services: { visits: { ...visits, resume } } });
    const there = openWindow(server);
    const visitId = await begin(there);
    await there.ask('selfie:frame', { visitId, shot: 1, frame, subjects: [] });
    await there.ask('selfie:search', { visitId, shot: 1 });
    const { code } = valueOf(await there.ask('visit:keep', { visitId }));

    const gone = openWindow(server);
    void gone.askAnything('visit:resume', { code, language: 'fr' });
    await sleep(0);
    gone.close();
    await vi.waitFor(() => expect(opened).toHaveLength(1), { timeout: 20_000 });
    await vi.waitFor(() => expect(codeOf(visits.answer(opened[0], photoIds[0], true))).toBe('visit.unknown'));
  });
});

describe('a message that the contract does not have', () => {
  const clonable = fc.anything({
    ...{ withBigInt: true, withDate: true, withMap: true, withSet: true },
    ...{ withTypedArray: true, withSparseArray: true, withNullPrototype: true },
  });
  const invalid = { ok: false, fault: { code: 'message.invalid' } };
  const alive = async ({ ask }: ReturnType<typeof openWindow>) => valueOf(await ask('kiosk:open', {}));

  it.each(methods)('is refused: %s', async (method) => {
    const { server, said } = readyServer();
    const window = openWindow(server);
    const valid: Record<string, unknown> = wellFormed(await begin(window))[method];
    // One thing missing, one thing too many, one thing that is something else; or nothing like it at all.
    const distorted = fc.oneof(
      clonable,
      fc.constantFrom(...Object.keys(valid), 'extra').chain((key) =>
        fc.oneof(
          fc.constant(Object.fromEntries(Object.entries(valid).filter(([name]) => name !== key))),
          clonable.map((value) => ({ ...valid, [key]: value })),
          fc
            .constantFrom('', -1, 1.5, NaN, null, 2 ** 53, [], {}, 'x'.repeat(1000))
            .map((value) => ({ ...valid, [key]: value })),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(distorted, async (payload) => {
        fc.pre(!kioskRequests[method].request.safeParse(structuredClone(payload)).success);
        expect(await window.askAnything(method, payload)).toEqual(invalid);
      }),
    );
    await alive(window);
    // It is no bug of ours.
    expect(said).toEqual([]);
  });

  it('is refused by its limits: frames, people, codes, pages', async () => {
    const { server } = readyServer();
    const window = openWindow(server);
    const visitId = await begin(window);
    const valid = wellFormed(visitId);
    const tooMany: [KioskMethod, object][] = [
      ['guide:check', { frame: new Uint8Array(0) }],
      ['guide:check', { frame: new Uint8Array(4 * 1024 ** 2 + 1) }],
      ['guide:check', { frame: new Uint16Array(8) }],
      ['guide:check', { frame: frame.buffer.slice(0, 100) }],
      ['guide:check', { subjects: new Array(9).fill({ x: 0.5, y: 0.5 }) }],
      ['guide:check', { subjects: [{ x: 0.5, y: 2.5 }] }],
      ['guide:check', { subjects: [{ x: Infinity, y: 0.5 }] }],
      ['selfie:frame', { shot: 0 }],
      ['selfie:search', { visitId: `${visitId}0` }],
      ['visit:begin', { language: 'de' }],
      ['visit:resume', { code: '0'.repeat(41) }],
      ['browse:photos', { limit: 201 }],
      ['browse:photos', { hour: "2026-06-20T21' OR 1" }],
    ];
    for (const [method, change] of tooMany) {
      expect([change, await window.askAnything(method, { ...valid[method], ...change })]).toEqual([change, invalid]);
    }
    await alive(window);
  });

  it('is refused where its method is none', async () => {
    const { server, said } = readyServer();
    const window = openWindow(server);
    const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', ''];
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...inherited), fc.string()), clonable, async (method, payload) => {
        fc.pre(!methods.some((known) => known === method));
        expect(await window.askAnything(method, payload)).toEqual(invalid);
      }),
    );
    await alive(window);
    expect(said).toEqual([]);
  });

  it('is not answered where it is no question at all', async () => {
    const { server, said } = readyServer();
    const window = openWindow(server);
    const envelope = fc.oneof(
      clonable,
      fc.record({ type: fc.constantFrom('ask', 'reply', 'event'), id: clonable, method: clonable, payload: clonable }),
    );
    await fc.assert(
      fc.asyncProperty(envelope, async (message) => {
        fc.pre(typeof message !== 'object' || message === null || !('id' in message) || typeof message.id !== 'number');
        window.post(message);
        // An answer to it would come first, and to an id that nobody waits for.
        await alive(window);
      }),
    );
    window.post({ type: 'ask', id: 1_000_000, method: 'kiosk:open', payload: {}, extra: true });
    window.post({ type: 'ask', id: -1, method: 'kiosk:open', payload: {} });
    window.post({ type: 'ask', id: 0.5, method: 'kiosk:open', payload: {} });
    await alive(window);
    expect(said).toEqual([]);
  });
});

describe('a bug behind a question', () => {
  it('is a fault for the window, a line in the log, and nothing else', async () => {
    const visits = openVisits();
    const buggy: Visits = {
      ...visits,
      begin: () => {
        throw new Error('thrown at once');
      },
      resume: () => Promise.reject(new Error('thrown later')),
    };
    const { server, said } = readyServer({ services: { visits: buggy } });
    const window = openWindow(server);
    expect(
      await window.ask('visit:begin', { language: 'fr', consentVersion: consentVersionOf(core, eventId) }),
    ).toEqual(fail('engine.failed'));
    expect(await window.ask('visit:resume', { code: '01234567', language: 'fr' })).toEqual(fail('engine.failed'));
    expect(said.map(({ method, err }) => [method, err?.message])).toEqual([
      ['visit:begin', 'thrown at once'],
      ['visit:resume', 'thrown later'],
    ]);
    expect(valueOf(await window.ask('browse:hours', {})).length).toBeGreaterThan(0);
  });

  it('is told as what it is where it is the disk’s doing', async () => {
    const visits = openVisits();
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const { server } = readyServer({
      services: {
        visits: {
          ...visits,
          begin: () => {
            throw full;
          },
        },
      },
    });
    expect(
      codeOf(
        await openWindow(server).ask('visit:begin', {
          language: 'fr',
          consentVersion: consentVersionOf(core, eventId),
        }),
      ),
    ).toBe('library.full');
  });
});

describe('the engine behind the windows', () => {
  /** An engine with a library and a watched folder of its own, and a window that is told of it. */
  async function openEngine() {
    const place = await temporaryFolder();
    const [libraryDir, photosDir] = [path.join(place, 'library'), path.join(place, 'photos')];
    await mkdir(photosDir);
    const settings = {
      ...{ libraryDir, language: 'fr', event: {}, vision: { poolSize: 1, guestWorkers: 0 } },
      sources: { folders: [photosDir], rescanSeconds: 0.1 },
    };
    const { server } = openServer();
    const window = openWindow(server);
    let engine: RunningEngine | undefined;
    const run = () =>
      (engine = runEngine({
        config: configSchema.parse(settings),
        modelsDir,
        spawner: createChildProcessSpawner({ entriesDir }),
        vault: noVault,
        version: 'test',
        log: pino({ level: 'silent' }),
        onGround: () => undefined,
        onEvent: () => undefined,
        onState: (state) => server.setEngine(state, state.at === 'ready' ? engine?.services() : undefined),
        onPhoto: () => undefined,
        onQueue: () => undefined,
      }));
    return { libraryDir, photosDir, window, run };
  }

  it('takes in what photographers bring, shows it, and lets go of everything at its end', async () => {
    const { libraryDir, photosDir, window, run } = await openEngine();
    const engine = run();
    await vi.waitFor(() => expect(window.engines).toEqual([{ at: 'ready' }]), { timeout: 30_000 });
    await copyFile(sceneFile, path.join(photosDir, 'scene.png'));
    const hours = await vi.waitFor(
      async () => {
        const found = valueOf(await window.ask('browse:hours', {}));
        expect(found).toHaveLength(1);
        return found;
      },
      { timeout: 15_000, interval: 100 },
    );
    const [{ sha256 }] = valueOf(await window.ask('browse:photos', { hour: hours[0].hour, offset: 0, limit: 5 }));
    expect(await engine.derive(sha256)).toBe(true);
    expect(await engine.derive('0'.repeat(64))).toBe(false);
    const visitId = await begin(window);
    await engine.stop();
    expect(codeOf(await window.ask('visit:answer', { visitId, photoId: 1, isMe: true }))).toBe('visit.unknown');
    valueOf(openStore(libraryDir)).close();
  });

  it('goes on trying where it does not start, and can be stopped meanwhile', async () => {
    const { libraryDir, window, run } = await openEngine();
    const other = valueOf(openStore(libraryDir));
    const engine = run();
    await vi.waitFor(() => expect(window.engines).toEqual([{ at: 'failed', code: 'library.busy' }]), {
      timeout: 10_000,
    });
    expect(await engine.derive('0'.repeat(64))).toBe(false);
    const startMs = performance.now();
    await engine.stop();
    expect(performance.now() - startMs).toBeLessThan(2_000);

    const again = run();
    await vi.waitFor(() => expect(window.engines).toHaveLength(2), { timeout: 10_000 });
    other.close();
    await vi.waitFor(() => expect(window.engines.at(-1)).toEqual({ at: 'ready' }), { timeout: 30_000, interval: 100 });
    await again.stop();
  });
});
