// An event on its way from one booth to another: whole, or refused with all that is wrong with it.
import { appendFile, cp, mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import type { StaffEvent, Transfer } from '../../preload/index.ts';
import { eventSamples } from '../fixtures/cameraFile.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import {
  findGuest,
  searchedBooth,
  setUp,
  signIn,
  startDesk,
  untilState,
  type StaffWindow,
  type TestDesk,
} from '../fixtures/desk.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';

const passphrase = 'three lanterns at sea';

const untilEnded = (staff: StaffWindow): Promise<Transfer> =>
  vi.waitFor(
    async () => {
      const { transfer } = valueOf(await staff.ask('transfer:open', {}));
      if (transfer === undefined || transfer.at === 'running') throw new Error('it is still under way');
      return transfer;
    },
    { timeout: 30_000, interval: 50 },
  );

/** A booth with an event of some photos, a guest's code in it; and that event in a folder. */
let event: StaffEvent;
let code: string;
const exportedFolder = searchedBooth(eventSamples, {
  more: async (desk, staff) => {
    const kiosk = desk.openKiosk();
    const { visitId } = await findGuest(kiosk);
    ({ code } = valueOf(await kiosk.ask('visit:keep', { visitId })));
    [event] = valueOf(await staff.ask('events:list', {}));
    // Another event's photos and visits are no part of it.
    valueOf(await staff.ask('events:create', { code: 'other', settings: { ...event.settings, name: 'Other' } }));
    const into = path.join(path.dirname(desk.libraryDir), 'exported');
    await mkdir(into);
    valueOf(await staff.ask('events:export', { id: event.id, folder: into, passphrase }));
    expect(await untilEnded(staff)).toMatchObject({ kind: 'export', at: 'done', eventId: event.id });
  },
});

/** @returns the booth's folder, and that of the event */
async function exportedEvent() {
  const booth = await exportedFolder();
  const into = path.join(booth, 'exported');
  const [name] = await readdir(into);
  return { booth, into, folder: path.join(into, name) };
}

/** Another booth, at an event of its own. */
async function otherBooth() {
  const desk = await startDesk(await temporaryFolder());
  const staff = desk.openStaff();
  await setUp(staff, desk.photosDir, 'of-its-own');
  await untilState(staff, 'ready');
  return { desk, staff };
}

async function importInto(staff: StaffWindow, folder: string, phrase = passphrase): Promise<Transfer> {
  valueOf(await staff.ask('events:import', { folder, passphrase: phrase }));
  return untilEnded(staff);
}

describe('an exported event', () => {
  it('is the same on another booth: photos, faces, visits, codes, consent', async () => {
    const { booth, folder, into } = await exportedEvent();
    const desk = await startDesk(booth);
    const staff = desk.openStaff();
    await signIn(staff);
    const files = await filesIn(folder);
    expect(files).toEqual(expect.arrayContaining(['event.json', 'records.jsonl', 'checksums.sha256']));
    // As anybody's tool checks it.
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'checksums.sha256'], { cwd: folder });
    // The key travels wrapped: nothing in the folder opens without the passphrase.
    expect(await readFile(path.join(folder, 'event.json'), 'utf8')).toContain('memoryKib');
    valueOf(await staff.ask('events:export', { id: event.id, folder: into, passphrase }));
    expect(await untilEnded(staff)).toMatchObject({ at: 'failed', fault: { code: 'transfer.folder-taken' } });

    const other = await otherBooth();
    expect(await importInto(other.staff, folder, 'not these words')).toMatchObject({
      at: 'failed',
      fault: { code: 'keys.wrong-passphrase' },
    });
    const imported = await importInto(other.staff, folder);
    expect(imported).toMatchObject({ kind: 'import', at: 'done' });
    const events = valueOf(await other.staff.ask('events:list', {}));
    const arrived = events.find(({ id }) => id === imported.eventId);
    expect(arrived).toMatchObject({
      code: event.code,
      settings: event.settings,
      photos: event.photos,
      faces: event.faces,
    });
    expect(arrived).toMatchObject({ state: 'closed', isActive: false, visits: event.visits });
    expect(events).toHaveLength(2);
    expect(await importInto(other.staff, folder)).toMatchObject({ fault: { code: 'transfer.event-exists' } });

    valueOf(await other.staff.ask('events:set-state', { id: arrived?.id ?? 0, state: 'open' }));
    valueOf(await other.staff.ask('events:activate', { id: arrived?.id ?? 0 }));
    await vi.waitFor(async () => expect(valueOf(await other.staff.ask('frame:open', {})).event?.id).toBe(arrived?.id));
    await untilState(other.staff, 'ready');
    // A visit that began at the event before ends with it.
    const kiosk = await vi.waitFor(
      async () => {
        const came = other.desk.openKiosk();
        expect((await findGuest(came)).found.sure).toHaveLength(1);
        return came;
      },
      { timeout: 20_000, interval: 200 },
    );
    const back = valueOf(await kiosk.ask('visit:resume', { code, language: 'fr' }));
    expect(back.findings.sure).toHaveLength(1);
    const sameBytes = async (desk: TestDesk) => (await filesIn(path.join(desk.libraryDir, 'originals'))).length;
    expect(await sameBytes(other.desk)).toBe(event.photos);
  });

  it('that is damaged is refused with everything that is wrong with it, and nothing of it is taken', async () => {
    const { folder } = await exportedEvent();
    const photos = (await filesIn(path.join(folder, 'photos'))).map((file) => path.join('photos', file));
    const at = (file: string) => path.join(folder, file);
    await rm(at(photos[0]));
    await appendFile(at(photos[1]), 'one byte more');
    await truncate(at('records.jsonl'), 10);
    await writeFile(at('surprise.txt'), 'hello');
    await rm(at(photos[2]));
    await symlink('/etc/hostname', at(photos[2]));

    const other = await otherBooth();
    const before = await filesIn(other.desk.libraryDir);
    const refused = await importInto(other.staff, folder);
    expect(refused.at).toBe('damaged');
    const slashed = (file: string) => file.split(path.sep).join('/');
    expect(new Set(refused.problems)).toEqual(
      new Set([
        { file: slashed(photos[0]), problem: 'missing' },
        { file: slashed(photos[1]), problem: 'changed' },
        { file: slashed(photos[2]), problem: 'unreadable' },
        { file: 'records.jsonl', problem: 'changed' },
        { file: 'surprise.txt', problem: 'unexpected' },
      ]),
    );
    expect((await filesIn(other.desk.libraryDir)).filter((file) => file.startsWith('originals'))).toEqual(
      before.filter((file) => file.startsWith('originals')),
    );
    expect(valueOf(await other.staff.ask('events:list', {}))).toHaveLength(1);
    const [{ action }] = valueOf(await other.staff.ask('audit:page', {}));
    expect(action).toBe('event.refused');
  });

  it('is none where it was cut off, is of a newer program, or leads out of its folder', async () => {
    const { folder } = await exportedEvent();
    const { staff } = await otherBooth();
    const copyOf = async () => {
      const copy = path.join(await temporaryFolder(), 'copy');
      await cp(folder, copy, { recursive: true });
      return copy;
    };
    const cutOff = await copyOf();
    await rm(path.join(cutOff, 'checksums.sha256'));
    expect(await importInto(staff, cutOff)).toMatchObject({ fault: { code: 'transfer.not-an-event' } });

    const outside = await copyOf();
    await appendFile(path.join(outside, 'checksums.sha256'), `${'0'.repeat(64)}  ../../etc/passwd\n`);
    expect(await importInto(staff, outside)).toMatchObject({ fault: { code: 'transfer.not-an-event' } });

    const newer = await copyOf();
    await writeFile(path.join(newer, 'event.json'), JSON.stringify({ version: 99 }));
    await rename(path.join(newer, 'checksums.sha256'), path.join(newer, 'old'));
    const sums = execFileSync('sh', ['-c', 'sha256sum $(find . -type f ! -name old | sed "s#^./##")'], { cwd: newer });
    await rm(path.join(newer, 'old'));
    await writeFile(path.join(newer, 'checksums.sha256'), sums);
    expect(await importInto(staff, newer)).toMatchObject({ fault: { code: 'transfer.newer' } });

    expect(await importInto(staff, await temporaryFolder())).toMatchObject({
      fault: { code: 'transfer.not-an-event' },
    });
  });

  it('cannot be written into a file’s place; one that was cut off while it came in leaves nothing', async () => {
    const { booth, folder } = await exportedEvent();
    const desk = await startDesk(booth);
    const staff = desk.openStaff();
    await signIn(staff);
    const file = path.join(await temporaryFolder(), 'a-file');
    await writeFile(file, '');
    valueOf(await staff.ask('events:export', { id: event.id, folder: file, passphrase }));
    expect((await untilEnded(staff)).at).toBe('failed');
    expect(codeOf(await staff.ask('events:export', { id: 99, folder: file, passphrase }))).toBe('event.unknown');
    await desk.stop();

    const other = await otherBooth();
    valueOf(await other.staff.ask('events:import', { folder, passphrase }));
    await other.desk.stop();
    const again = await startDesk(path.dirname(other.desk.libraryDir));
    const later = again.openStaff();
    valueOf(await later.ask('staff:sign-in', { pin: '2580' }));
    const events = valueOf(await later.ask('events:list', {}));
    const folders = await readdir(path.join(again.libraryDir, 'originals')).catch(() => []);
    // It was done before the booth was stopped, or there is nothing of it.
    expect([1, 2]).toContain(events.length);
    expect(folders.length).toBeLessThanOrEqual(events.length);
    await mkdir(path.join(again.libraryDir, 'originals'), { recursive: true });
  });
});
