// The booth behind its windows, from the wizard on.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { staffRequests, type StaffMethod } from '../../preload/index.ts';
import { cameraFrame, eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { pin, setUp, startDesk, untilIndexed, untilState, type KioskWindow } from '../fixtures/desk.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { copySamples, sceneFile, writeVariants } from '../fixtures/photos.ts';

async function beginVisit(kiosk: KioskWindow): Promise<string> {
  const { consents } = valueOf(await kiosk.ask('kiosk:open', {}));
  const consentVersion = consents.fr?.version ?? '';
  return valueOf(await kiosk.ask('visit:begin', { language: 'fr', consentVersion })).visitId;
}

async function findGuest(kiosk: KioskWindow, visitId: string) {
  const frame = await cameraFrame('guest');
  valueOf(await kiosk.ask('selfie:frame', { visitId, shot: 1, frame, subjects: [] }));
  return valueOf(await kiosk.ask('selfie:search', { visitId, shot: 1 }));
}

describe('a new booth', () => {
  it('is set up by whoever is there first, goes on where it was left, and then finds a guest', async () => {
    const folder = await temporaryFolder();
    const first = await startDesk(folder);
    const staff = first.openStaff();
    expect(await first.desk.needsSetup()).toBe(true);
    expect(valueOf(await staff.ask('staff:open', {})).access).toEqual({ at: 'setup' });
    expect(valueOf(await first.openKiosk().ask('kiosk:open', {})).engine).toEqual({ at: 'setup' });
    valueOf(await staff.ask('setup:answer', { step: 'language', language: 'en' }));
    valueOf(await staff.ask('setup:answer', { step: 'camera', camera: { rotationDegrees: 270 } }));
    expect(codeOf(await staff.ask('setup:answer', { step: 'pin', pin }))).toBe('setup.incomplete');
    await first.stop();

    const again = await startDesk(folder);
    const later = again.openStaff();
    expect(valueOf(await later.ask('setup:open', {}))).toMatchObject({
      ...{ step: 'folder', language: 'en', camera: { rotationDegrees: 270 } },
      protection: { by: 'none', isLocked: false },
    });
    valueOf(await later.ask('setup:back', {}));
    expect(valueOf(await later.ask('setup:open', {})).step).toBe('camera');
    await copySamples(eventSamples, again.photosDir);
    await setUp(later, again.photosDir);
    expect(later.told('access:changed').at(-1)).toEqual({ at: 'signed-in' });
    expect(codeOf(await later.ask('setup:open', {}))).toBe('setup.done');
    expect(await again.desk.needsSetup()).toBe(false);

    await untilState(later, 'ready');
    await untilIndexed(later, eventSamples.length);
    const kiosk = again.openKiosk();
    expect(valueOf(await kiosk.ask('kiosk:open', {}))).toMatchObject({
      event: { name: 'Le mariage' },
      languages: ['fr', 'en'],
      camera: { rotationDegrees: 90 },
    });
    const visitId = await beginVisit(kiosk);
    expect((await findGuest(kiosk, visitId)).sure).toHaveLength(1);
    const { photos } = valueOf(await later.ask('wall:open', {}));
    expect(photos).toHaveLength(eventSamples.length);
    for (const { faces } of photos) for (const { x, width } of faces) expect(x + width).toBeLessThan(1.2);
  });

  it('says what doctor finds', async () => {
    const { openStaff } = await startDesk(await temporaryFolder());
    const checks = valueOf(await openStaff().ask('setup:checks', {}));
    expect(checks.find(({ name }) => name === 'workers')).toMatchObject({ state: 'ok' });
    expect(checks.find(({ name }) => name === 'keys')).toMatchObject({ state: 'bad', code: 'keys.unprotected' });
  });
});

describe('the staff’s desk', () => {
  it('answers nobody without a session, and nothing of the wizard afterwards', async () => {
    const { openStaff, photosDir } = await startDesk(await temporaryFolder());
    await setUp(openStaff(), photosDir);
    const stranger = openStaff();
    expect(valueOf(await stranger.ask('staff:open', {})).access).toEqual({ at: 'signed-out', heldForMs: 0 });
    const examples: Partial<Record<StaffMethod, object>> = {
      'visits:erase': { visitId: '00000000-0000-4000-8000-000000000000', withFaces: true },
      'keys:protect': { passphrase: 'a stranger’s own' },
      'events:activate': { id: 1 },
      'folders:list': {},
      'audit:page': {},
      'booth:quit': {},
      'staff:change-pin': { pin, newPin: '0000' },
    };
    for (const [method, payload] of Object.entries(examples)) {
      const asked = stranger.ask(method as 'folders:list', payload);
      expect([method, codeOf(await asked)]).toEqual([method, 'staff.signed-out']);
    }
    for (const method of ['setup:open', 'setup:back', 'setup:checks'] as const) {
      expect([method, codeOf(await stranger.ask(method, {}))]).toEqual([method, 'setup.done']);
    }
    expect(Object.keys(staffRequests).length).toBeGreaterThan(Object.keys(examples).length);
    valueOf(await stranger.ask('staff:sign-in', { pin }));
    valueOf(await stranger.ask('folders:list', {}));
    // A session is one window's own.
    expect(codeOf(await openStaff().ask('folders:list', {}))).toBe('staff.signed-out');
    valueOf(await stranger.ask('staff:sign-out', {}));
    expect(codeOf(await stranger.ask('folders:list', {}))).toBe('staff.signed-out');
  });

  it('holds back who guesses, after a restart as well, and puts it all on record', async () => {
    const folder = await temporaryFolder();
    const first = await startDesk(folder);
    await setUp(first.openStaff(), first.photosDir);
    const guesser = first.openStaff();
    const guess = () => guesser.ask('staff:sign-in', { pin: '0000' });
    for (let i = 0; i < 5; i++) expect(codeOf(await guess())).toBe('staff.wrong-pin');
    expect(codeOf(await guesser.ask('staff:sign-in', { pin }))).toBe('staff.held-back');
    expect(guesser.told('access:changed').at(-1)).toMatchObject({ at: 'signed-out' });
    await first.stop();

    const again = await startDesk(folder);
    const staff = again.openStaff();
    const { access } = valueOf(await staff.ask('staff:open', {}));
    expect(access.at === 'signed-out' && access.heldForMs).toBeGreaterThan(20_000);
    expect(codeOf(await staff.ask('staff:sign-in', { pin }))).toBe('staff.held-back');
  });

  it('ends a session that nobody touches, whatever its window asks by itself', async () => {
    const { openStaff, photosDir } = await startDesk(await temporaryFolder(), { staff: { sessionMinutes: 1 / 40 } });
    const staff = openStaff();
    await setUp(staff, photosDir);
    for (let i = 0; i < 12; i++) {
      await staff.ask('health:open', {});
      await sleep(150);
    }
    await vi.waitFor(() => expect(staff.told('access:changed').at(-1)).toMatchObject({ at: 'signed-out' }));
    expect(codeOf(await staff.ask('health:open', {}))).toBe('staff.signed-out');
  });

  it('retries what was set aside, shows folders, keeps the PIN that it is given, and ends the booth', async () => {
    const { openStaff, photosDir, hasQuit } = await startDesk(await temporaryFolder());
    const staff = openStaff();
    await writeFile(path.join(photosDir, 'no-picture.jpg'), 'text');
    await writeVariants(sceneFile, 2, photosDir);
    await setUp(staff, photosDir);
    await untilState(staff, 'ready');
    await untilIndexed(staff, 2);
    // What does not end as a picture does is waited for a little longer.
    await vi.waitFor(async () => expect(valueOf(await staff.ask('queue:open', {})).quarantined).toHaveLength(1), {
      timeout: 10_000,
      interval: 100,
    });
    const { quarantined } = valueOf(await staff.ask('queue:open', {}));
    expect(quarantined).toMatchObject([
      { path: path.join(photosDir, 'no-picture.jpg'), fault: { code: 'photo.not-an-image' } },
    ]);
    valueOf(await staff.ask('queue:retry', { photoId: quarantined[0].photoId }));
    expect(valueOf(await staff.ask('folders:list', { dir: photosDir })).pictures).toHaveLength(3);
    expect(codeOf(await staff.ask('folders:list', { dir: path.join(photosDir, 'nowhere') }))).toBe('folder.missing');

    expect(codeOf(await staff.ask('staff:change-pin', { pin: '1111', newPin: '4321' }))).toBe('staff.wrong-pin');
    valueOf(await staff.ask('staff:change-pin', { pin, newPin: '4321' }));
    valueOf(await openStaff().ask('staff:sign-in', { pin: '4321' }));
    const health = valueOf(await staff.ask('health:open', {}));
    expect(health.processes.map(({ name }) => name)).toEqual(['core', 'vision', 'faceindex']);
    const actions = valueOf(await staff.ask('audit:page', {})).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['booth.set-up', 'staff.pin-changed', 'queue.retried', 'staff.signed-in']),
    );
    valueOf(await staff.ask('booth:quit', {}));
    await vi.waitFor(() => expect(hasQuit()).toBe(true));
  });
});

describe('another event', () => {
  it('is on every screen at once, and nothing of the first is found in it', async () => {
    const { openStaff, openKiosk, photosDir } = await startDesk(await temporaryFolder());
    const staff = openStaff();
    await copySamples(eventSamples, photosDir);
    await setUp(staff, photosDir);
    await untilState(staff, 'ready');
    await untilIndexed(staff, eventSamples.length);
    const kiosk = openKiosk();
    const visitId = await beginVisit(kiosk);
    await findGuest(kiosk, visitId);

    const [wedding] = valueOf(await staff.ask('events:list', {}));
    const settings = { ...wedding.settings, name: 'Le gala', accent: '#123456', folders: [] };
    expect(codeOf(await staff.ask('events:create', { code: wedding.code, settings }))).toBe('event.code-taken');
    const { id } = valueOf(await staff.ask('events:create', { code: 'gala', settings }));
    valueOf(await staff.ask('events:activate', { id }));
    await vi.waitFor(() => expect(kiosk.told('kiosk:changed').at(-1)?.event).toMatchObject({ id, name: 'Le gala' }));
    await untilState(staff, 'closed');
    expect(codeOf(await kiosk.ask('visit:begin', { language: 'fr', consentVersion: 'any' }))).toBe('engine.starting');
    valueOf(await staff.ask('events:set-state', { id, state: 'open' }));
    await untilState(staff, 'ready');

    // Whoever was there is nobody's guest any more.
    expect(codeOf(await kiosk.ask('visit:answer', { visitId, photoId: 1, isMe: true }))).toBe('visit.unknown');
    const there = await beginVisit(kiosk);
    expect(await findGuest(kiosk, there)).toEqual({ sure: [], maybe: [], searchedPhotos: 0 });
    expect(valueOf(await staff.ask('wall:open', {})).photos).toEqual([]);
    expect(codeOf(await staff.ask('events:set-state', { id, state: 'archived' }))).toBe('event.not-allowed');

    valueOf(await staff.ask('events:activate', { id: wedding.id }));
    await vi.waitFor(() => expect(kiosk.told('kiosk:changed').at(-1)?.event.id).toBe(wedding.id));
    await untilState(staff, 'ready');
    // A visit that began at the event before ends with it.
    await vi.waitFor(async () => expect((await findGuest(kiosk, await beginVisit(kiosk))).sure).toHaveLength(1), {
      timeout: 20_000,
      interval: 200,
    });
  });

  it('asks each guest for consent to its own words', async () => {
    const { openStaff, openKiosk, photosDir } = await startDesk(await temporaryFolder());
    const staff = openStaff();
    await setUp(staff, photosDir);
    await untilState(staff, 'ready');
    const kiosk = openKiosk();
    const before = valueOf(await kiosk.ask('kiosk:open', {})).consents.fr?.version ?? '';
    const [{ id, code, settings }] = valueOf(await staff.ask('events:list', {}));
    const consentTexts = { fr: 'Nous comparons votre visage.\n\nRien ne sort d’ici.' };
    valueOf(await staff.ask('events:update', { id, code, settings: { ...settings, consentTexts } }));
    const now = await vi.waitFor(() => {
      const told = kiosk.told('kiosk:changed').at(-1)?.consents.fr;
      expect(told?.points).toEqual([{ text: 'Nous comparons votre visage.' }, { text: 'Rien ne sort d’ici.' }]);
      return told?.version ?? '';
    });
    expect(codeOf(await kiosk.ask('visit:begin', { language: 'fr', consentVersion: before }))).toBe(
      'visit.consent-outdated',
    );
    valueOf(await kiosk.ask('visit:begin', { language: 'fr', consentVersion: now }));
  });
});

describe('keys behind a passphrase', () => {
  it('leave the kiosk at its attract screen after a restart, until staff give it', async () => {
    const folder = await temporaryFolder();
    const first = await startDesk(folder);
    await copySamples([guestsPhoto], first.photosDir);
    const before = first.openStaff();
    await setUp(before, first.photosDir, 'wedding', 'correct horse battery');
    await untilState(before, 'ready');
    await untilIndexed(before, 1);
    await first.stop();
    expect(await readFile(path.join(first.libraryDir, 'keys.json'), 'utf8')).not.toContain('"key"');

    const again = await startDesk(folder);
    const kiosk = again.openKiosk();
    await vi.waitFor(async () => expect(valueOf(await kiosk.ask('kiosk:open', {})).engine).toEqual({ at: 'locked' }));
    const staff = again.openStaff();
    valueOf(await staff.ask('staff:sign-in', { pin }));
    expect(valueOf(await staff.ask('frame:open', {})).protection).toEqual({ by: 'passphrase', isLocked: true });
    expect(codeOf(await staff.ask('keys:unlock', { passphrase: 'wrong horse' }))).toBe('keys.wrong-passphrase');
    valueOf(await staff.ask('keys:unlock', { passphrase: 'correct horse battery' }));
    await untilState(staff, 'ready');
    expect((await findGuest(kiosk, await beginVisit(kiosk))).sure).toHaveLength(1);
  });

  it('that are lost are said to be, and new ones let the booth go on', async () => {
    const folder = await temporaryFolder();
    const first = await startDesk(folder);
    await copySamples([guestsPhoto], first.photosDir);
    const before = first.openStaff();
    await setUp(before, first.photosDir);
    await untilState(before, 'ready');
    await untilIndexed(before, 1);
    await first.stop();
    await rm(path.join(first.libraryDir, 'keys.json'));

    const again = await startDesk(folder);
    const staff = again.openStaff();
    valueOf(await staff.ask('staff:sign-in', { pin }));
    await vi.waitFor(async () => {
      const { engine, notices } = valueOf(await staff.ask('frame:open', {}));
      expect(engine).toEqual({ at: 'failed', code: 'keys.lost' });
      expect(notices.map(({ code }) => code)).toContain('notice.keys-lost');
    });
    valueOf(await staff.ask('keys:renew', {}));
    await untilState(staff, 'ready');
    await untilIndexed(staff, 1);
    const kiosk = again.openKiosk();
    expect((await findGuest(kiosk, await beginVisit(kiosk))).sure).toHaveLength(1);
  });
});
