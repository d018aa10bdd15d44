// What guests have asked to be kept, as it lies on the disk: whoever has the disk and no code has nothing.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeptVisits, type KeptContent } from '../../main/core/guests/keptVisit.ts';
import { firstSchema } from '../../main/core/store/migrations/0001-first-schema.ts';
import { localDate } from '../../main/core/guests/localDate.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { addEvent, codeOf, commitFaces, valueOf, sealerOf } from '../fixtures/core.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { randomDirection, seeded } from '../fixtures/random.ts';

const template = (seed: number): Float32Array => randomDirection(seeded(seed), 512);
const bytesOf = (floats: Float32Array): Buffer => Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);

const content = (...probes: Float32Array[]): KeptContent => ({
  packKey: 'a-pack@1',
  probes,
  people: [],
  answers: new Map([
    [12, true],
    [7, false],
  ]),
  seen: new Set([12, 7, 3]),
  consent: { version: '1', language: 'fr', at: '2026-06-20T21:04:09.123Z' },
});

function openIn(libraryDir: string): Store {
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => {
    store.close();
  });
  return store;
}

const keptIn = (store: Store, eventId: number) =>
  createKeptVisits({
    store,
    eventId,
    sealer: sealerOf(store, eventId),
    retentionDays: () => 30,
    localDate: (daysAhead) => localDate('Europe/Paris', daysAhead),
  });

/** A guest has agreed. @returns the visit's id */
function visitIn(store: Store, eventId: number): string {
  const id = randomUUID();
  const consent = { language: 'fr' as const, version: '1', text: 'May we?' };
  valueOf(store.visits.add({ id, eventId, at: new Date().toISOString(), consent }));
  return id;
}

/** All bytes of a library, as whoever takes the disk away has them. */
async function bytesIn(libraryDir: string): Promise<Buffer> {
  const files = await filesIn(libraryDir);
  return Buffer.concat(await Promise.all(files.map((file) => readFile(path.join(libraryDir, file)))));
}

describe('what is kept', () => {
  it('comes back as it was, after a restart too, until it is kept anew', async () => {
    const libraryDir = await temporaryFolder();
    const store = openIn(libraryDir);
    const eventId = addEvent(store, 'wedding');
    const kept = keptIn(store, eventId);
    const keepsake = await kept.makeCode();
    expect(codeOf(await kept.openCode(keepsake.secret))).toBe('code.unknown');
    const visitId = visitIn(store, eventId);
    valueOf(kept.put(visitId, keepsake, content(template(1), template(2))));
    expect(valueOf(await kept.openCode(keepsake.secret))).toEqual({
      keepsake,
      content: content(template(1), template(2)),
    });
    store.close();

    const again = keptIn(openIn(libraryDir), eventId);
    const opened = valueOf(await again.openCode(keepsake.secret));
    expect(opened.content).toEqual(content(template(1), template(2)));
    // Under the same code, and with the same last day.
    valueOf(again.put(visitId, opened.keepsake, content(template(3))));
    expect(valueOf(await again.openCode(keepsake.secret))).toEqual({ keepsake, content: content(template(3)) });
  });

  it('lies on the disk so that neither code nor face nor photos can be read', async () => {
    const libraryDir = await temporaryFolder();
    const store = openIn(libraryDir);
    const eventId = addEvent(store, 'wedding');
    const kept = keptIn(store, eventId);
    const keepsake = await kept.makeCode();
    valueOf(kept.put(visitIn(store, eventId), keepsake, content(template(1))));
    const telltale = [
      ...[keepsake.secret, keepsake.secret.toLowerCase(), 'probes', 'answers', 'photoId', 'a-pack@1', '2026-06-20T21'],
      ...[
        bytesOf(template(1)).subarray(0, 16),
        bytesOf(template(1)).toString('base64').slice(0, 16),
        keepsake.keys.key,
      ],
    ];
    // While the booth runs, and after it.
    for (const isOpen of [true, false]) {
      if (!isOpen) store.close();
      const disk = await bytesIn(libraryDir);
      // What is there is found in this way.
      expect(disk.includes('wedding')).toBe(true);
      expect(disk.includes(keepsake.keys.lookup)).toBe(true);
      for (const secret of telltale) expect([secret, disk.includes(secret)]).toEqual([secret, false]);
    }
  });

  it('stays closed where its row was moved to another code or another event, or has been damaged', async () => {
    const libraryDir = await temporaryFolder();
    const store = openIn(libraryDir);
    const [wedding, gala] = ['wedding', 'gala'].map((code) => addEvent(store, code));
    const kept = keptIn(store, wedding);
    const [mine, theirs, moved] = [await kept.makeCode(), await kept.makeCode(), await kept.makeCode()];
    valueOf(kept.put(visitIn(store, wedding), mine, content(template(1))));
    valueOf(kept.put(visitIn(store, wedding), theirs, content(template(2))));
    valueOf(kept.put(visitIn(store, wedding), moved, content(template(3))));
    expect(codeOf(await keptIn(store, gala).openCode(mine.secret))).toBe('code.unknown');
    store.close();

    const database = new Database(path.join(libraryDir, 'library.db'));
    const sealedAt = database.prepare<[Buffer], { sealed: Buffer }>('SELECT sealed FROM kept_visits WHERE lookup = ?');
    const put = database.prepare<[Buffer, Buffer]>('UPDATE kept_visits SET sealed = ? WHERE lookup = ?');
    put.run(sealedAt.get(theirs.keys.lookup)?.sealed ?? Buffer.alloc(0), mine.keys.lookup);
    put.run(Buffer.alloc(3), theirs.keys.lookup);
    database.prepare('UPDATE kept_visits SET event_id = ? WHERE lookup = ?').run(gala, moved.keys.lookup);
    database.close();
    const again = keptIn(openIn(libraryDir), wedding);
    for (const { secret } of [mine, theirs, moved]) expect(codeOf(await again.openCode(secret))).toBe('code.unknown');
  });

  it('goes when its event goes', async () => {
    const libraryDir = await temporaryFolder();
    const store = openIn(libraryDir);
    const eventId = addEvent(store, 'wedding');
    const kept = keptIn(store, eventId);
    valueOf(kept.put(visitIn(store, eventId), await kept.makeCode(), content(template(1))));
    store.close();
    const database = new Database(path.join(libraryDir, 'library.db'));
    onTestFinished(() => {
      database.close();
    });
    const count = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM kept_visits');
    expect(count.get()?.count).toBe(1);
    database.pragma('foreign_keys = ON');
    database.prepare('DELETE FROM events WHERE id = ?').run(eventId);
    expect(count.get()?.count).toBe(0);
  });
});

describe('a library of the version before there was a kiosk', () => {
  /** As that version left it: an event with a photo that was searched and one that was not. */
  async function earlierLibrary(): Promise<string> {
    const libraryDir = await temporaryFolder();
    const database = new Database(path.join(libraryDir, 'library.db'));
    database.exec(firstSchema);
    database.pragma('user_version = 1');
    database.exec(`
      INSERT INTO events (id, code, created_at) VALUES (3, 'wedding', '2026-06-01T08:00:00.000Z'), (4, 'gala', '2026-06-01T08:00:00.000Z');
      INSERT INTO photos (id, event_id, sha256, extension, size_bytes, state, stored_at, width, height, pack) VALUES
        (5, 3, '${'a'.repeat(64)}', '.jpg', 10, 'indexed', '2026-06-20T21:04:09.123Z', 640, 480, 'pack@1'),
        (6, 3, '${'b'.repeat(64)}', '.jpg', 10, 'stored', '2026-06-20T22:00:00.000Z', NULL, NULL, NULL);
      INSERT INTO origins (photo_id, event_id, path, size_bytes, modified_ms) VALUES (5, 3, '/card/1.jpg', 10, 1234.5);
    `);
    database.close();
    return libraryDir;
  }

  it('keeps its photos, and has them in the hour in which they came', async () => {
    const store = openIn(await earlierLibrary());
    // Faces in clear are not kept, and are found anew.
    expect(store.photos.count(3)).toEqual({ stored: 2, indexed: 0, quarantined: 0 });
    const again = { width: 640, height: 480, notes: [], faces: [] };
    commitFaces(store, 5, again, 'pack@1');
    expect(store.photos.idOf(3, '/card/1.jpg')).toBe(5);
    const [{ hour, photos }] = store.photos.hours(3);
    expect(photos).toBe(1);
    const shown = store.photos.shownOfHour(3, hour, { offset: 0, limit: 10 });
    expect(shown).toMatchObject([{ id: 5, sha256: 'a'.repeat(64), width: 640, height: 480 }]);
    // By the clock on the wall here.
    expect(new Date(shown[0].takenAt).getTime()).toBe(Date.parse('2026-06-20T21:04:09Z'));
    // Until the camera's own word is known.
    const analysis = { width: 640, height: 480, notes: [], faces: [], takenAt: '2026-06-20T18:30:00' };
    commitFaces(store, 6, analysis, 'pack@1');
    expect(store.photos.shown(3, 6)?.takenAt).toBe('2026-06-20T18:30:00');
  });

  it('has a salt of its own for the codes of each event, for good', async () => {
    const libraryDir = await earlierLibrary();
    const store = openIn(libraryDir);
    const salts = [3, 4].map((id) => store.events.codeSaltOf(id));
    for (const salt of salts) expect(salt).toHaveLength(16);
    expect(salts[0]).not.toEqual(salts[1]);
    const kept = keptIn(store, 3);
    const keepsake = await kept.makeCode();
    valueOf(kept.put(visitIn(store, 3), keepsake, content(template(1))));
    store.close();

    const again = openIn(libraryDir);
    expect([3, 4].map((id) => again.events.codeSaltOf(id))).toEqual(salts);
    expect(codeOf(await keptIn(again, 3).openCode(keepsake.secret))).toBe('ok');
    expect(again.events.codeSaltOf(99)).toBeUndefined();
  });
});
