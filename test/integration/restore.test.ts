// A database that is truncated, bit-flipped or deleted while the booth is stopped: the booth starts, says what happened, and the photos can be found.
import { copyFile, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createBackups, openLibrary } from '../../main/core/backups/index.ts';
import { openStore } from '../../main/core/store/index.ts';
import { eventSamples, friendsPhoto, guestsPhoto } from '../fixtures/cameraFile.ts';
import { addEvent, codeOf, valueOf } from '../fixtures/core.ts';
import {
  findGuest,
  pin,
  searchedBooth,
  setUp,
  startDesk,
  untilIndexed,
  untilState,
  type TestDesk,
} from '../fixtures/desk.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { copySamples } from '../fixtures/photos.ts';
import { seeded } from '../fixtures/random.ts';

const log = pino({ level: 'silent' });
const databaseOf = (libraryDir: string) => path.join(libraryDir, 'library.db');
const backupsOf = async (libraryDir: string) => (await readdir(path.join(libraryDir, 'backups'))).sort();

const findsGuest = async ({ openKiosk }: TestDesk) => (await findGuest(openKiosk())).found.sure.length;

describe('a booth whose database was', () => {
  const damages: [string, (file: string) => Promise<void>][] = [
    ['truncated', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
    ['emptied of everything but its beginning', (file) => truncate(file, 100)],
    [
      'flipped in many bits',
      async (file) => {
        const bytes = await readFile(file);
        const random = seeded(11);
        for (let i = 0; i < 400; i++) bytes[Math.floor(random() * bytes.byteLength)] ^= 1 << Math.floor(random() * 8);
        await writeFile(file, bytes);
      },
    ],
    ['deleted', (file) => rm(file)],
    ['overwritten with something else', (file) => writeFile(file, 'This is not a database. '.repeat(2000))],
  ];

  // The wizard's last answer has left a backup, and the guest's photo comes after it.
  const searchedFolder = searchedBooth([friendsPhoto], {
    more: async ({ libraryDir, photosDir }, staff) => {
      await vi.waitFor(async () => expect((await backupsOf(libraryDir)).length).toBeGreaterThan(0));
      await copySamples([guestsPhoto], photosDir);
      await untilIndexed(staff, 2);
    },
  });

  it.each(damages)('%s starts, says so, and finds photos that came before and after its backup', async (_, damage) => {
    const folder = await searchedFolder();
    const [libraryDir, photosDir] = [path.join(folder, 'library'), path.join(folder, 'photos')];
    await damage(databaseOf(libraryDir));
    // What the folder held is on the card that the photographer has taken away.
    await rm(photosDir, { recursive: true });

    const again = await startDesk(folder);
    const later = again.openStaff();
    expect(valueOf(await later.ask('staff:open', {})).access.at).toBe('signed-out');
    valueOf(await later.ask('staff:sign-in', { pin }));
    await untilState(later, 'ready');
    await untilIndexed(later, 2);
    await vi.waitFor(async () => {
      const { notices } = valueOf(await later.ask('frame:open', {}));
      expect(notices.find(({ code }) => code === 'notice.database-restored')?.values['files']).toBeGreaterThan(0);
    });
    expect(await findsGuest(again)).toBe(1);
    // The end of a page that was flipped in a template alone is no damage to SQLite; all else is kept for whoever knows more.
    const aside = await filesIn(path.join(again.libraryDir, 'damaged')).catch(() => []);
    expect(aside.length > 0 || _ === 'deleted').toBe(true);
  });

  it('gone with all its backups begins anew with the photos that are there', async () => {
    const folder = await temporaryFolder();
    const first = await startDesk(folder);
    const staff = first.openStaff();
    await copySamples(eventSamples, first.photosDir);
    await setUp(staff, first.photosDir);
    await untilState(staff, 'ready');
    await untilIndexed(staff, eventSamples.length);
    await first.stop();
    await rm(databaseOf(first.libraryDir));
    await rm(path.join(first.libraryDir, 'backups'), { recursive: true });
    await rm(first.photosDir, { recursive: true });

    const again = await startDesk(folder);
    const kiosk = again.openKiosk();
    await vi.waitFor(async () => expect(valueOf(await kiosk.ask('kiosk:open', {})).engine.at).toBe('ready'), 30_000);
    await vi.waitFor(async () => expect(await findsGuest(again)).toBe(1), { timeout: 30_000, interval: 300 });
    // The PIN went with the database; whoever owns the machine sets another.
    expect(valueOf(await again.openStaff().ask('staff:open', {})).access).toEqual({ at: 'no-pin' });
  });
});

describe('the library', () => {
  const openedIn = (libraryDir: string) => valueOf(openLibrary({ libraryDir }));

  async function libraryWithBackups(): Promise<string> {
    const libraryDir = await temporaryFolder();
    for (const code of ['first', 'second']) {
      const { store } = openedIn(libraryDir);
      addEvent(store, code);
      const backups = createBackups({ libraryDir, store, log });
      valueOf(await backups.now());
      await backups.stop();
      store.close();
    }
    return libraryDir;
  }

  it('is opened as it is where nothing is wrong with it, and made where there is none', async () => {
    const libraryDir = await temporaryFolder();
    const { store, mishap } = openedIn(libraryDir);
    expect(mishap).toBeUndefined();
    store.close();
    const again = openedIn(libraryDir);
    expect(again.mishap).toBeUndefined();
    again.store.close();
  });

  it('is another’s matter where it is in use, or newer: nothing is touched', async () => {
    const libraryDir = await libraryWithBackups();
    const other = valueOf(openStore(libraryDir));
    expect(codeOf(openLibrary({ libraryDir }))).toBe('library.busy');
    other.close();
    expect(await readdir(libraryDir)).not.toContain('damaged');
  });

  it('takes the newest backup that is good', async () => {
    const libraryDir = await libraryWithBackups();
    const [, newest] = await backupsOf(libraryDir);
    await truncate(path.join(libraryDir, 'backups', newest), 5000);
    await rm(databaseOf(libraryDir));
    const { store, mishap } = openedIn(libraryDir);
    expect(mishap?.at).toBe('restored');
    expect(store.events.list().map(({ code }) => code)).toEqual(['first']);
    store.close();
  });

  it('says what is lost where no backup is good', async () => {
    const libraryDir = await libraryWithBackups();
    for (const name of await backupsOf(libraryDir)) await writeFile(path.join(libraryDir, 'backups', name), 'no more');
    await writeFile(databaseOf(libraryDir), 'nor this');
    const { store, mishap } = openedIn(libraryDir);
    expect(mishap).toEqual({ at: 'lost' });
    expect(store.events.list()).toEqual([]);
    store.close();
    expect(await filesIn(path.join(libraryDir, 'damaged'))).toHaveLength(1);
  });

  it('never takes a bit that flipped for what it was: it opens sound, or a backup takes its place', async () => {
    const libraryDir = await libraryWithBackups();
    const whole = await readFile(databaseOf(libraryDir));
    const random = seeded(5);
    for (let i = 0; i < 40; i++) {
      const flipped = Buffer.from(whole);
      flipped[Math.floor(random() * whole.byteLength)] ^= 1 << Math.floor(random() * 8);
      await writeFile(databaseOf(libraryDir), flipped);
      const opened = openLibrary({ libraryDir });
      // A version that was flipped upwards is a newer one to all appearances.
      if (!opened.ok) {
        expect(opened.fault.code).toBe('library.newer');
        continue;
      }
      expect(opened.value.store.events.list()).toHaveLength(2);
      opened.value.store.close();
    }
  });
});

describe('backups', () => {
  it('are five at most, whole and of the moment; one that cannot be written is said, and the rest goes on', async () => {
    const libraryDir = await temporaryFolder();
    const store = valueOf(openStore(libraryDir));
    const backups = createBackups({ libraryDir, store, log });
    expect(backups.newestAt()).toBeUndefined();
    for (let i = 0; i < 7; i++) {
      addEvent(store, `event-${String(i)}`);
      valueOf(await backups.now());
    }
    expect(await backupsOf(libraryDir)).toHaveLength(5);
    expect(Date.now() - Date.parse(backups.newestAt() ?? '')).toBeLessThan(60_000);
    const newest = (await backupsOf(libraryDir)).at(-1) ?? '';
    const copy = await temporaryFolder();
    await copyFile(path.join(libraryDir, 'backups', newest), databaseOf(copy));
    const restored = valueOf(openStore(copy));
    expect(restored.events.list()).toHaveLength(7);
    restored.close();

    const failures: string[] = [];
    backups.onFailed(({ code }) => failures.push(code));
    await rm(path.join(libraryDir, 'backups'), { recursive: true });
    await writeFile(path.join(libraryDir, 'backups'), 'in the way');
    expect(codeOf(await backups.now())).toBe('backup.failed');
    expect(failures).toEqual(['backup.failed']);
    expect(addEvent(store, 'after it')).toBeGreaterThan(0);
    await backups.stop();
    store.close();
  });

  it('are made before the schema is changed', async () => {
    const libraryDir = await temporaryFolder();
    const store = valueOf(openStore(libraryDir));
    addEvent(store, 'wedding');
    store.close();
    const handle = await open(databaseOf(libraryDir), 'r+');
    // user_version, big endian at offset 60 (SQLite file format, section 1.3).
    await handle.write(Buffer.from([0, 0, 0, 2]), 0, 4, 60);
    await handle.close();
    // The schema is that of version 3 already, so that the migration fails; the copy was made before.
    const outcome = (() => {
      try {
        return openLibrary({ libraryDir });
      } catch {
        return undefined;
      }
    })();
    expect(outcome?.ok).not.toBe(true);
    expect(await backupsOf(libraryDir)).toHaveLength(1);
  });
});
