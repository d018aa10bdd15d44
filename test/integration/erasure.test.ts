// What is left of a guest on the disk once they are erased: every file of the data folder is looked through, byte by byte.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { eventSamples } from '../fixtures/cameraFile.ts';
import { rowsOf } from '../fixtures/database.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { findGuest, searchedBooth, signIn, startDesk, untilIndexed } from '../fixtures/desk.ts';
import { filesIn } from '../fixtures/folders.ts';

const name = 'Zébulon Quatrepattes';

const searchedFolder = searchedBooth(eventSamples);

/** All bytes of a folder, as whoever takes the disk away has them. */
async function bytesIn(folder: string): Promise<Buffer> {
  const files = await filesIn(folder);
  return Buffer.concat(await Promise.all(files.map((file) => readFile(path.join(folder, file)))));
}

/** One who stands beside the guest is so like her that she may be asked about; that nobody else has come back is seen in these. */
const facesIn = (libraryDir: string) =>
  rowsOf(libraryDir, 'SELECT photo_id AS photoId, count(*) AS faces FROM faces GROUP BY photo_id ORDER BY photo_id');

it('leaves neither name nor template nor anything sealed of an erased guest in any file, backups included', async () => {
  const folder = await searchedFolder();
  const first = await startDesk(folder);
  const staff = first.openStaff();
  await signIn(staff);
  const kiosk = first.openKiosk();
  const { visitId, found } = await findGuest(kiosk);
  const { code } = valueOf(await kiosk.ask('visit:keep', { visitId }));
  valueOf(await kiosk.ask('visit:end', { visitId }));
  valueOf(await staff.ask('visits:name', { visitId, name }));
  expect(valueOf(await staff.ask('visits:today', {}))).toMatchObject([
    { visitId, name, photos: found.sure.length, hasCode: true, language: 'fr' },
  ]);
  // Another word for the event, and a backup is made of everything that is known by then.
  const [{ id, code: eventCode, settings }] = valueOf(await staff.ask('events:list', {}));
  valueOf(await staff.ask('events:update', { id, code: eventCode, settings: { ...settings, name: 'Les noces' } }));
  await first.stop();

  // What is there to be found, and what of it is the guest's.
  const { libraryDir } = first;
  const consent = rowsOf<{ text: string; version: string }>(libraryDir, 'SELECT text, version FROM consent_texts');
  expect(consent).toHaveLength(1);
  expect(consent[0].text).toContain('visage');
  const [visit] = rowsOf<{ sealed: Buffer }>(libraryDir, 'SELECT sealed FROM visits');
  const [kept] = rowsOf<{ sealed: Buffer; lookup: Buffer }>(libraryDir, 'SELECT sealed, lookup FROM kept_visits');
  const templates = rowsOf<{ template: Buffer; photoId: number }>(
    libraryDir,
    'SELECT template, photo_id AS photoId FROM faces ORDER BY id',
  );
  const guestsPhoto = found.sure[0].id;

  // Backups of a booth in use hold it all.
  const again = await startDesk(folder);
  const staffAgain = again.openStaff();
  await signIn(staffAgain);
  const [before, backups] = [await bytesIn(libraryDir), await bytesIn(path.join(libraryDir, 'backups'))];
  for (const secret of [visit.sealed, kept.sealed, kept.lookup, templates[0].template]) {
    expect([before.includes(secret), backups.includes(secret)]).toEqual([true, true]);
  }
  // In clear it never was.
  for (const encoding of ['utf8', 'utf16le'] as const) expect(before.includes(Buffer.from(name, encoding))).toBe(false);

  const { faces } = valueOf(await staffAgain.ask('visits:erase', { visitId, withFaces: true }));
  expect(faces).toBe(found.sure.length);
  for (const isRunning of [true, false]) {
    if (!isRunning) await again.stop();
    const disk = await bytesIn(libraryDir);
    for (const secret of [visit.sealed, kept.sealed, kept.lookup]) expect(disk.includes(secret)).toBe(false);
    for (const encoding of ['utf8', 'utf16le'] as const) expect(disk.includes(Buffer.from(name, encoding))).toBe(false);
    const left = templates.filter(({ template }) => disk.includes(template));
    expect(templates.length - left.length).toBe(faces);
    expect(left.filter(({ photoId }) => photoId === guestsPhoto)).toHaveLength(
      templates.filter(({ photoId }) => photoId === guestsPhoto).length - 1,
    );
    // The tombstone is all that tells of the visit, and nobody's name is in it.
    expect(disk.includes(visitId)).toBe(true);
  }
  expect(rowsOf(libraryDir, 'SELECT count(*) AS visits FROM visits')).toEqual([{ visits: 0 }]);
  expect(rowsOf(libraryDir, 'SELECT visit_id AS visitId, actor, faces FROM erasures')).toEqual([
    { visitId, actor: 'staff', faces },
  ]);

  // Neither the code nor the face brings anything back, even where the photo is searched anew.
  const last = await startDesk(folder);
  const staffLast = last.openStaff();
  await signIn(staffLast);
  const kioskLast = last.openKiosk();
  expect(codeOf(await kioskLast.ask('visit:resume', { code, language: 'fr' }))).toBe('code.unknown');
  expect((await findGuest(kioskLast)).found).toMatchObject({ sure: [] });
  expect(codeOf(await staffLast.ask('visits:erase', { visitId, withFaces: false }))).toBe('visit.unknown');
});

it('is what a guest gets at the kiosk, face and all, and the photo searched anew does not bring it back', async () => {
  const folder = await searchedFolder();
  const first = await startDesk(folder);
  const staff = first.openStaff();
  await signIn(staff);
  const kiosk = first.openKiosk();
  const { visitId, found } = await findGuest(kiosk);
  expect(found.sure).toHaveLength(1);
  const { faces } = valueOf(await kiosk.ask('visit:erase', { visitId, withFaces: true }));
  expect(faces).toBe(1);
  expect(codeOf(await kiosk.ask('visit:keep', { visitId }))).toBe('visit.unknown');
  expect((await findGuest(kiosk)).found).toMatchObject({ sure: [] });
  const audit = valueOf(await staff.ask('audit:page', {}));
  expect(audit.find(({ action }) => action === 'guest.erased')).toMatchObject({ actor: 'guest', values: { faces: 1 } });
  await first.stop();
  const left = facesIn(first.libraryDir);

  const database = new Database(path.join(first.libraryDir, 'library.db'));
  database.exec(`UPDATE photos SET state = 'stored'`);
  database.close();
  const again = await startDesk(folder);
  const later = again.openStaff();
  await signIn(later);
  await untilIndexed(later, eventSamples.length);
  expect((await findGuest(again.openKiosk())).found).toMatchObject({ sure: [] });
  await again.stop();
  expect(facesIn(first.libraryDir)).toEqual(left);
});

it('of an event’s key makes everything under it unreadable, and takes the faces out', async () => {
  const { openStaff, openKiosk, libraryDir, stop } = await startDesk(await searchedFolder());
  const staff = openStaff();
  await signIn(staff);
  await findGuest(openKiosk());
  const [wedding] = valueOf(await staff.ask('events:list', {}));
  const eraseKey = (code: string) => staff.ask('events:erase-key', { id: wedding.id, code });
  expect(codeOf(await eraseKey(wedding.code))).toBe('event.not-allowed');
  const { id } = valueOf(
    await staff.ask('events:create', { code: 'gala', settings: { ...wedding.settings, folders: [] } }),
  );
  valueOf(await staff.ask('events:activate', { id }));
  await vi.waitFor(async () => expect(valueOf(await staff.ask('frame:open', {})).event?.id).toBe(id));
  expect(codeOf(await eraseKey('gala'))).toBe('event.wrong-code');
  valueOf(await eraseKey(wedding.code));
  expect(codeOf(await staff.ask('events:activate', { id: wedding.id }))).toBe('event.key-erased');
  const events = valueOf(await staff.ask('events:list', {}));
  expect(events.find((event) => event.id === wedding.id)).toMatchObject({ faces: 0, photos: eventSamples.length });
  await stop();
  expect(
    rowsOf(libraryDir, `SELECT count(*) AS keys FROM events WHERE code = 'wedding' AND sealed_key IS NULL`),
  ).toEqual([{ keys: 1 }]);
});
