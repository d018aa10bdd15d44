// What is kept goes by itself when its time has come: with real keys and a real database, and a clock of the test's own.
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createRetention } from '../../main/core/guests/index.ts';
import { addEvent, codeOf, openBooth, valueOf, type TestCore } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { sceneFile, writeVariants } from '../fixtures/photos.ts';

const consent = { language: 'fr' as const, version: '1', text: 'Vous voulez bien ?' };

function visitOn({ core }: TestCore, eventId: number, at: string): string {
  const id = randomUUID();
  valueOf(core.store.visits.add({ id, eventId, at, consent }));
  return id;
}

/** Lets go of what is due at that moment. @returns how often the backups were replaced */
async function letGoAt({ core }: TestCore, now: string): Promise<number> {
  let replaced = 0;
  const retention = createRetention({
    ...core,
    onErased: () => {
      replaced += 1;
      core.store.backupsReplaced();
      return Promise.resolve();
    },
    log: pino({ level: 'silent' }),
    now: () => new Date(now),
  });
  onTestFinished(() => retention.stop());
  retention.start();
  await retention.stop();
  return replaced;
}

it('erases visits that are older than the event keeps them, and no others, and has the backups replaced', async () => {
  const booth = await openBooth({ libraryDir: await temporaryFolder() });
  const { store, events } = booth.core;
  const eventId = addEvent(store, 'wedding');
  const lasting = addEvent(store, 'congress');
  valueOf(events.apply(eventId, { retentionDays: 7 }));
  valueOf(events.apply(lasting, { retentionDays: 60 }));
  const old = visitOn(booth, eventId, '2026-06-01T10:00:00.000Z');
  const young = visitOn(booth, eventId, '2026-06-09T10:00:00.000Z');
  const others = visitOn(booth, lasting, '2026-06-01T10:00:00.000Z');

  expect(await letGoAt(booth, '2026-06-08T09:59:00.000Z')).toBe(0);
  expect(store.visits.get(old)).toBeDefined();
  expect(await letGoAt(booth, '2026-06-08T10:01:00.000Z')).toBe(1);
  expect([old, young, others].map((id) => store.visits.get(id) !== undefined)).toEqual([false, true, true]);
  expect(store.visits.erasuresSince(eventId, '2026-01-01')).toMatchObject([{ visitId: old, actor: 'booth' }]);
});

it('finds nobody any more once the event’s last day and its retention have passed, and keeps the photos', async () => {
  const booth = await openBooth({ libraryDir: await temporaryFolder() });
  const { store, events, eventKeys, library, index } = booth.core;
  const eventId = addEvent(store, 'wedding');
  valueOf(events.apply(eventId, { endsOn: '2026-06-20', retentionDays: 10, timeZone: 'Europe/Paris' }));
  const photos = await writeVariants(sceneFile, 4, await temporaryFolder());
  for (const photo of photos) valueOf(await library.take(eventId, photo));
  await library.settled();
  const faces = store.faces.idsOfEvent(eventId);
  expect(faces.length).toBeGreaterThan(0);
  const probe = { packKey: index.packKey, template: new Float32Array(512).fill(512 ** -0.5) };
  const found = async () => valueOf(await index.search(eventId, probe, -1)).matches.length;
  const findable = await found();
  expect(findable).toBeGreaterThan(0);

  // Still the 30th in Paris.
  await letGoAt(booth, '2026-06-30T21:59:00.000Z');
  expect([store.faces.idsOfEvent(eventId).length, await found()]).toEqual([faces.length, findable]);
  // The 1st of July there, though not in Greenwich.
  expect(await letGoAt(booth, '2026-06-30T22:01:00.000Z')).toBe(1);
  expect([store.faces.idsOfEvent(eventId).length, await found()]).toEqual([0, 0]);
  expect(codeOf(eventKeys.sealerOf(eventId))).toBe('event.key-erased');
  expect(events.get(eventId)?.state).toBe('archived');
  expect(store.photos.count(eventId).indexed).toBe(photos.length);
  // It is done once.
  expect(await letGoAt(booth, '2026-06-30T23:01:00.000Z')).toBe(0);
});
