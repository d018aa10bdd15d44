// The library's database: real SQLite on a real disk, with an eye on every connection that is opened.
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore, type Store, type StoredTemplate } from '../../main/core/store/index.ts';
import { addEvent, codeOf, commitFaces, pendingPhoto, valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { randomDirection, seeded } from '../fixtures/random.ts';

// The store keeps its connection to itself; a pragma that holds for the connection can be asked of that one only.
const opened = vi.hoisted((): { pragma(source: string, options: { simple: true }): unknown }[] => []);
vi.mock('better-sqlite3', async (importOriginal) => {
  const { default: Original } = await importOriginal<{ default: typeof Database }>();
  return {
    default: class extends Original {
      constructor(...args: ConstructorParameters<typeof Database>) {
        super(...args);
        opened.push(this);
      }
    },
  };
});

function openIn(libraryDir: string): Store {
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => {
    store.close();
  });
  return store;
}

/** Another program's look at the database, once the store is closed. */
function lookAt<T>(libraryDir: string, look: (database: Database.Database) => T): T {
  const database = new Database(path.join(libraryDir, 'library.db'));
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const face = (seed: number) => ({
  box: { x: 1.5, y: -2.25, width: 30, height: 40 },
  score: 0.9,
  norm: 3.5,
  quality: 0.9,
  landmarks: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  sealedTemplate: Buffer.from(randomDirection(seeded(seed), 512).buffer),
});

function addPhoto(store: Store, eventId: number, name: string): number {
  const photo = { sha256: name.padStart(64, '0'), extension: '.jpg', sizeBytes: 10 };
  const origin = { path: `/photos/${name}.jpg`, sizeBytes: 10, modifiedMs: 1234.5 };
  return valueOf(store.photos.addStored(eventId, photo, origin)).photoId;
}

describe('openStore', () => {
  it('makes the library where there is none, and each commit lasts', async () => {
    const libraryDir = path.join(await temporaryFolder(), 'not', 'yet', 'there');
    openIn(libraryDir);
    const connection = opened.at(-1);
    expect(connection?.pragma('journal_mode', { simple: true })).toBe('wal');
    // 2 is FULL: a commit is on disk before it returns.
    expect(connection?.pragma('synchronous', { simple: true })).toBe(2);
    expect(connection?.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(connection?.pragma('locking_mode', { simple: true })).toBe('exclusive');
  });

  it('brings an empty database to the newest schema, and leaves one that is there as it is', async () => {
    const libraryDir = await temporaryFolder();
    await writeFile(path.join(libraryDir, 'library.db'), '');
    const first = valueOf(openStore(libraryDir));
    const id = addEvent(first, 'wedding');
    addPhoto(first, id, 'a');
    first.close();
    const version = lookAt(libraryDir, (database) => Number(database.pragma('user_version', { simple: true })));
    expect(version).toBeGreaterThan(0);

    const again = valueOf(openStore(libraryDir));
    expect(again.events.list()).toMatchObject([{ id, code: 'wedding', state: 'open' }]);
    expect(again.photos.count(id)).toEqual({ stored: 1, indexed: 0, quarantined: 0 });
    again.close();
    expect(lookAt(libraryDir, (database) => database.pragma('user_version', { simple: true }))).toBe(version);
  });

  it('refuses a library that a newer version has made, and leaves it untouched', async () => {
    const libraryDir = await temporaryFolder();
    valueOf(openStore(libraryDir)).close();
    lookAt(libraryDir, (database) => database.pragma('user_version = 999'));
    const file = path.join(libraryDir, 'library.db');
    const before = await readFile(file);
    expect(codeOf(openStore(libraryDir))).toBe('library.newer');
    expect((await readFile(file)).equals(before)).toBe(true);
    // It was let go of again.
    lookAt(libraryDir, (database) => database.exec('CREATE TABLE theirs (id INTEGER)'));
  });

  it('has the library to itself', async () => {
    const libraryDir = await temporaryFolder();
    const store = openIn(libraryDir);
    const startMs = performance.now();
    expect(codeOf(openStore(libraryDir))).toBe('library.busy');
    expect(performance.now() - startMs).toBeLessThan(5_000);
    // The first one is none the worse for it.
    expect(addEvent(store, 'still here')).toBeGreaterThan(0);
    store.close();
    valueOf(openStore(libraryDir)).close();
  });

  it('says so where the library cannot be written', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'a-file');
    await writeFile(file, 'not a folder');
    expect(codeOf(openStore(path.join(file, 'library')))).toBe('library.not-writable');
    expect(codeOf(openStore(file))).toBe('library.not-writable');
    await mkdir(path.join(folder, 'library', 'library.db'), { recursive: true });
    expect(codeOf(openStore(path.join(folder, 'library')))).toBe('library.not-writable');
  });

  it('says so where the database is none', async () => {
    const libraryDir = await temporaryFolder();
    await writeFile(path.join(libraryDir, 'library.db'), 'This is not a database. '.repeat(1000));
    expect(codeOf(openStore(libraryDir))).toBe('library.damaged');
  });

  it('says so where the database breaks off', async () => {
    const libraryDir = await temporaryFolder();
    const store = valueOf(openStore(libraryDir));
    const id = addEvent(store, 'wedding');
    for (let i = 0; i < 40; i++) {
      const photoId = addPhoto(store, id, `photo-${String(i)}`);
      commitFaces(store, photoId, { width: 10, height: 10, notes: [], faces: [face(i)] }, 'pack@1');
    }
    store.close();
    const file = await open(path.join(libraryDir, 'library.db'), 'r+');
    await file.truncate(3 * 4096);
    await file.close();
    expect(codeOf(openStore(libraryDir))).toBe('library.damaged');
  });
});

describe('the tables', () => {
  it('take no photo of an event that there is not', async () => {
    const store = openIn(await temporaryFolder());
    expect(() => addPhoto(store, 77, 'orphan')).toThrow(/FOREIGN KEY/);
  });

  it('keep the same bytes once an event, with every file they came from', async () => {
    const store = openIn(await temporaryFolder());
    const wedding = addEvent(store, 'wedding');
    const gala = addEvent(store, 'gala');
    const photo = { sha256: 'a'.repeat(64), extension: '.jpg', sizeBytes: 10 };
    const take = (eventId: number, file: string) =>
      valueOf(store.photos.addStored(eventId, photo, { path: file, sizeBytes: 10, modifiedMs: 1 }));

    const first = take(wedding, '/card/1.jpg');
    expect(first).toMatchObject({ isNew: true, isPending: true });
    expect(take(wedding, '/card/copy.jpg')).toEqual({ photoId: first.photoId, isNew: false, isPending: false });
    expect(store.photos.originsOf(first.photoId)).toEqual(['/card/1.jpg', '/card/copy.jpg']);

    const other = take(gala, '/card/1.jpg');
    expect(other.isNew).toBe(true);
    expect(other.photoId).not.toBe(first.photoId);
  });

  it('give a photo its faces and its state in one commit, or neither', async () => {
    const store = openIn(await temporaryFolder());
    const id = addEvent(store, 'wedding');
    const photoId = addPhoto(store, id, 'a');
    const analysis = { width: 640, height: 480, notes: [], faces: [face(1), face(2)] };
    const broken = { ...face(3), sealedTemplate: Buffer.alloc(0), landmarks: [1n] as unknown as number[] };

    expect(() => commitFaces(store, photoId, { ...analysis, faces: [face(1), broken] }, 'pack@1')).toThrow();
    expect(store.photos.count(id)).toEqual({ stored: 1, indexed: 0, quarantined: 0 });
    expect(store.faces.count(id)).toBe(0);

    const faceIds = commitFaces(store, photoId, analysis, 'pack@1');
    expect(store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(faceIds).toHaveLength(2);
    expect(store.faces.boxOf(faceIds[0])).toEqual(face(1).box);
  });

  it('put new faces in the place of a photo’s old ones', async () => {
    const store = openIn(await temporaryFolder());
    const id = addEvent(store, 'wedding');
    const photoId = addPhoto(store, id, 'a');
    const analysis = { width: 640, height: 480, notes: [], faces: [face(1), face(2)] };
    commitFaces(store, photoId, analysis, 'pack@1');
    commitFaces(store, photoId, { ...analysis, faces: [face(3)] }, 'pack@2');
    expect(store.faces.count(id)).toBe(1);
    expect([...store.faces.batches('pack@1', 100)]).toEqual([]);
    const [batch] = [...store.faces.batches('pack@2', 100)];
    expect(batch.map(({ sealedTemplate }) => sealedTemplate)).toEqual([face(3).sealedTemplate]);
  });

  it('give every template of a pack back, byte for byte, in batches', async () => {
    const store = openIn(await temporaryFolder());
    const events = ['wedding', 'gala'].map((code) => addEvent(store, code));
    const wanted: StoredTemplate[] = [];
    for (let i = 0; i < 25; i++) {
      const eventId = events[i % 2];
      const name = `photo-${String(i)}`;
      const photoId = addPhoto(store, eventId, name);
      const faces = [face(i), face(100 + i)];
      const faceIds = commitFaces(store, photoId, { width: 1, height: 1, notes: [], faces }, 'pack@1');
      faces.forEach(({ sealedTemplate }, k) =>
        wanted.push({ eventId, photoId, faceId: faceIds[k], sha256: name.padStart(64, '0'), sealedTemplate }),
      );
    }
    const batches = [...store.faces.batches('pack@1', 7)];
    expect(batches.every(({ length }) => length <= 7)).toBe(true);
    expect(batches.flat()).toEqual(wanted);
  });

  it('list what a pack has not looked at: what is stored, and what another pack has seen', async () => {
    const store = openIn(await temporaryFolder());
    const id = addEvent(store, 'wedding');
    const [stored, seen, refused] = ['stored', 'seen', 'refused'].map((name) => addPhoto(store, id, name));
    commitFaces(store, seen, { width: 1, height: 1, notes: [], faces: [] }, 'pack@1');
    valueOf(store.photos.markQuarantined(pendingPhoto(store, refused), { code: 'photo.damaged', detail: 'why' }));
    const pendingFor = (pack: string) => store.photos.listPending(id, pack).map((photo) => photo.id);
    expect(pendingFor('pack@1')).toEqual([stored]);
    expect(pendingFor('pack@2')).toEqual([stored, seen]);
    expect(store.photos.listQuarantined(id)).toMatchObject([
      { photoId: refused, path: '/photos/refused.jpg', fault: { code: 'photo.damaged', detail: 'why' } },
    ]);
  });
});
