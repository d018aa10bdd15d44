// What is to be done in the cloud, as the library's database knows it: real SQLite on a real disk.
import type Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore, type OutboxRow, type Store } from '../../main/core/store/index.ts';
import { addEvent, commitFaces, pendingPhoto, valueOf } from '../fixtures/core.ts';
import { rowsOf } from '../fixtures/database.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

// Of the last store that was opened: what goes wrong within a commit can be made to on its connection only.
const connection = vi.hoisted((): { last?: { exec(sql: string): unknown } } => ({}));
vi.mock('better-sqlite3', async (importOriginal) => {
  const { default: Original } = await importOriginal<{ default: typeof Database }>();
  return {
    default: class extends Original {
      constructor(...args: ConstructorParameters<typeof Database>) {
        super(...args);
        connection.last = this;
      }
    },
  };
});

const cloud = 'bucket of the tests';
const pack = 'pack';
const kinds = ['thumbnail', 'screen', 'photo'];
// The same looks: a file that is written anew shows the same picture.
const searched = { width: 300, height: 200, notes: [], faces: [], hash: '0123456789abcdef' };
const sha256Of = (name: string) => name.padStart(64, '0');

function openIn(libraryDir: string, syncsTo = cloud): Store {
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => store.close());
  valueOf(store.syncTo({ bucket: syncsTo }));
  return store;
}

interface Added {
  /** Of the file; that of the content without one. */
  file?: string;
  extension?: string;
}

function addPhoto(store: Store, eventId: number, name: string, { file = name, extension = '.jpg' }: Added = {}) {
  const photo = { sha256: sha256Of(name), extension, sizeBytes: 10 };
  const origin = { path: `/photos/${file}${extension}`, sizeBytes: 10, modifiedMs: Math.random() };
  return valueOf(store.photos.addStored(eventId, photo, origin)).photoId;
}

/** A photo that has been searched. */
function showPhoto(store: Store, eventId: number, name: string, added: Added = {}): number {
  const photoId = addPhoto(store, eventId, name, added);
  commitFaces(store, photoId, searched, pack);
  return photoId;
}

const wordsOf = ({ does, kind, subject }: OutboxRow) => `${does} ${kind} ${subject.replace(/^0+/, '')}`;
const claimAll = (store: Store, now?: Date): OutboxRow[] => valueOf(store.outbox.claim('bucket', 1000, now));
const contentOf = (row: OutboxRow) => (row.does === 'put' ? { sha256: row.subject, sizeBytes: 7 } : undefined);

/** Does all that is due. @returns what that was */
function bringAll(store: Store): string[] {
  const rows = claimAll(store);
  for (const row of rows) valueOf(store.outbox.confirm(row, contentOf(row)));
  return rows.map(wordsOf);
}

const allOf = (does: string, ...names: string[]) =>
  kinds.flatMap((kind) => names.map((name) => `${does} ${kind} ${name}`));

/** In which order they go is of no matter. */
const sorted = (words: readonly string[]) => words.toSorted();

async function openLibrary() {
  const libraryDir = await temporaryFolder();
  const store = openIn(libraryDir);
  return { libraryDir, store, eventId: addEvent(store, 'wedding') };
}

describe('the outbox', () => {
  it('holds what a photo has in the cloud once it is shown, what is quickest to see first', async () => {
    const { store, eventId } = await openLibrary();
    const waiting = addPhoto(store, eventId, 'a');
    expect(claimAll(store)).toEqual([]);
    commitFaces(store, waiting, searched, pack);
    showPhoto(store, eventId, 'b');
    expect(bringAll(store)).toEqual(allOf('put', 'a', 'b'));
    expect(bringAll(store)).toEqual([]);
    expect(store.outbox.synced()).toEqual(
      ['photo', 'screen', 'thumbnail'].map((kind) => ({ kind, count: 2, bytes: 14 })),
    );
  });

  it('is written with the photo, or neither is', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    const photoId = addPhoto(store, eventId, 'a');
    connection.last?.exec(
      "CREATE TEMP TRIGGER cut_off AFTER INSERT ON main.outbox WHEN NEW.kind = 'photo' BEGIN SELECT RAISE(ABORT, 'cut off'); END",
    );
    expect(() => store.commitAnalysis(pendingPhoto(store, photoId), searched, pack)).toThrow('cut off');
    connection.last?.exec('DROP TRIGGER cut_off');
    connection.last?.exec(
      "CREATE TEMP TRIGGER cut_off AFTER INSERT ON main.faces BEGIN SELECT RAISE(ABORT, 'cut off'); END",
    );
    const face = {
      ...{ box: { x: 1, y: 1, width: 9, height: 9 }, score: 1, norm: 1, quality: 1, landmarks: [] },
      sealedTemplate: Buffer.alloc(1),
    };
    expect(() => store.commitAnalysis(pendingPhoto(store, photoId), { ...searched, faces: [face] }, pack)).toThrow(
      'cut off',
    );
    store.close();
    expect(rowsOf(libraryDir, 'SELECT state FROM photos')).toEqual([{ state: 'stored' }]);
    expect(rowsOf(libraryDir, 'SELECT * FROM outbox')).toEqual([]);
  });

  it('has a thing once, however often it comes', async () => {
    const { store, eventId } = await openLibrary();
    const photoId = showPhoto(store, eventId, 'a');
    valueOf(store.photos.release(photoId));
    commitFaces(store, photoId, searched, 'another pack');
    expect(bringAll(store)).toEqual(allOf('put', 'a'));
    valueOf(store.photos.release(photoId));
    commitFaces(store, photoId, searched, pack);
    expect(claimAll(store)).toEqual([]);
  });

  it('goes on waiting where it comes once more, and is done by whoever is at it', async () => {
    const { store, eventId } = await openLibrary();
    const photoId = showPhoto(store, eventId, 'a');
    const [thumbnail, screen] = claimAll(store);
    valueOf(store.outbox.fail(thumbnail, new Date(Date.now() + 60_000), { code: 'cloud.failed' }));
    valueOf(store.photos.release(photoId));
    commitFaces(store, photoId, searched, pack);
    expect(claimAll(store)).toEqual([]);
    expect(store.outbox.troubled(9)).toMatchObject([{ tries: 1 }]);
    valueOf(store.outbox.confirm(screen, contentOf(screen)));
    expect(store.outbox.synced()).toMatchObject([{ kind: 'screen', count: 1 }]);
  });

  it('takes a content away that another has taken the place of, after that is there', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a', { file: 'same' });
    bringAll(store);
    showPhoto(store, eventId, 'b', { file: 'same' });
    const done = bringAll(store);
    expect(done.slice(0, 3)).toEqual(allOf('put', 'b'));
    expect(sorted(done.slice(3))).toEqual(sorted(allOf('remove', 'a')));
    expect(store.outbox.synced().map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  it('leaves one more thing to do where something changes while somebody is at it', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a', { file: 'same' });
    const claimed = claimAll(store);
    showPhoto(store, eventId, 'b', { file: 'same' });
    // They are with somebody still.
    expect(claimAll(store).map(wordsOf)).toEqual(allOf('put', 'b'));
    for (const row of claimed) valueOf(store.outbox.confirm(row, contentOf(row)));
    expect(sorted(claimAll(store).map(wordsOf))).toEqual(sorted(allOf('remove', 'a')));
    expect(store.outbox.synced()).toEqual([]);
  });

  it('does not hold against a thing what was tried of another', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a', { file: 'same' });
    const claimed = claimAll(store);
    showPhoto(store, eventId, 'b', { file: 'same' });
    for (const row of claimed) {
      valueOf(store.outbox.fail(row, new Date(Date.now() + 60_000), { code: 'cloud.content-missing' }));
    }
    expect(store.outbox.troubledByKind()).toEqual([]);
    expect(claimAll(store).map(wordsOf)).toEqual(expect.arrayContaining(allOf('remove', 'a')));
  });

  it('brings the RAW file of a shot only for as long as there is nothing else to show', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'raw', { file: 'shot', extension: '.nef' });
    expect(bringAll(store)).toEqual(allOf('put', 'raw'));
    showPhoto(store, eventId, 'jpeg', { file: 'shot' });
    expect(sorted(bringAll(store))).toEqual(sorted([...allOf('put', 'jpeg'), ...allOf('remove', 'raw')]));
  });

  it('takes away what an event has there that goes, and nothing of another', async () => {
    const { store, eventId } = await openLibrary();
    const other = addEvent(store, 'other');
    for (const id of [eventId, other]) showPhoto(store, id, 'a');
    bringAll(store);
    const uid = store.events.get(other)?.uid ?? '';
    valueOf(store.records.removeEvent(uid));
    const rows = claimAll(store);
    expect(sorted(rows.map(wordsOf))).toEqual(sorted(allOf('remove', 'a')));
    expect(new Set(rows.map(({ eventUid }) => eventUid))).toEqual(new Set([uid]));
  });

  it('takes up what an import brings', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    const records = [...store.records.of(eventId)];
    const other = addEvent(store, 'other');
    valueOf(store.records.add(other, records));
    const uid = store.events.get(other)?.uid;
    expect(claimAll(store).filter(({ eventUid }) => eventUid === uid)).toHaveLength(3);
  });

  it('gives back at the start what somebody was at when the booth was cut off', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    expect(claimAll(store)).toHaveLength(3);
    expect(claimAll(store)).toEqual([]);
    store.close();
    const again = openIn(libraryDir);
    expect(bringAll(again)).toEqual(allOf('put', 'a'));
  });

  it('gives back what nobody is at any more', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    const [thumbnail] = claimAll(store);
    valueOf(store.outbox.releaseAllBut('bucket', new Set([thumbnail.id])));
    expect(claimAll(store).map(wordsOf)).toEqual(['put screen a', 'put photo a']);
  });

  it('gives what has failed again when its time has come, and says why until then', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    const [thumbnail] = valueOf(store.outbox.claim('bucket', 1));
    const now = new Date();
    const later = new Date(now.getTime() + 60_000);
    valueOf(store.outbox.fail(thumbnail, later, { code: 'cloud.content-missing', detail: 'gone' }));
    expect(claimAll(store, now).map(wordsOf)).toEqual(['put screen a', 'put photo a']);
    const [troubled] = store.outbox.troubled(10);
    expect(troubled).toMatchObject({ tries: 1, fault: { code: 'cloud.content-missing', detail: 'gone' } });
    expect(troubled.nextAt).toBe(later.toISOString());
    expect(claimAll(store, later).map(wordsOf)).toEqual(['put thumbnail a']);
  });

  it('is not held up by a clock that is put back', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    expect(claimAll(store, new Date(Date.now() - 365 * 86_400_000))).toHaveLength(3);
  });

  it('goes on with everything at once where it is told to', async () => {
    const { store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    for (const row of claimAll(store)) {
      valueOf(store.outbox.fail(row, new Date(Date.now() + 60_000), { code: 'cloud.failed' }));
    }
    expect(claimAll(store)).toEqual([]);
    valueOf(store.outbox.hurry());
    expect(claimAll(store)).toHaveLength(3);
  });
});

describe('a cloud that is set up', () => {
  it('gets what was there before, and a booth without one writes nothing down', async () => {
    const libraryDir = await temporaryFolder();
    const before = valueOf(openStore(libraryDir));
    onTestFinished(() => before.close());
    const eventId = addEvent(before, 'wedding');
    showPhoto(before, eventId, 'a', { file: 'same' });
    addPhoto(before, eventId, 'not searched yet');
    before.close();
    expect(rowsOf(libraryDir, 'SELECT * FROM outbox')).toEqual([]);
    expect(bringAll(openIn(libraryDir))).toEqual(allOf('put', 'a'));
  });

  it('gets and loses what has changed while nobody kept an outbox', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a', { file: 'same' });
    showPhoto(store, eventId, 'b');
    bringAll(store);
    showPhoto(store, eventId, 'c', { file: 'other' });
    store.close();
    const without = valueOf(openStore(libraryDir));
    showPhoto(without, eventId, 'a2', { file: 'same' });
    showPhoto(without, eventId, 'c2', { file: 'other' });
    without.close();
    expect(sorted(bringAll(openIn(libraryDir)))).toEqual(
      sorted([...allOf('put', 'a2', 'c2'), ...allOf('remove', 'a', 'c')]),
    );
  });

  it('has nothing to do after a restart, however often', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    bringAll(store);
    store.close();
    const again = openIn(libraryDir);
    expect(claimAll(again)).toEqual([]);
    // Being searched anew does not take a photo away.
    valueOf(again.forgetSealed());
    valueOf(again.syncTo({ bucket: cloud }));
    expect(claimAll(again)).toEqual([]);
  });

  it('gets everything where there was another cloud before', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    bringAll(store);
    valueOf(store.multiparts.set('key', { uploadId: 'of the other' }));
    store.close();
    const again = openIn(libraryDir, 'another bucket');
    expect(bringAll(again)).toEqual(allOf('put', 'a'));
    expect(again.multiparts.get('key')).toBeUndefined();
  });

  it('does not forget what is to go for a place that is called something else now', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    bringAll(store);
    valueOf(store.records.removeEvent(store.events.get(eventId)?.uid ?? ''));
    store.close();
    expect(sorted(bringAll(openIn(libraryDir, 'the same bucket')))).toEqual(sorted(allOf('remove', 'a')));
  });

  it('gets once more what a database says to be there that was restored from a backup', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    bringAll(store);
    store.close();
    const restored = openIn(libraryDir);
    valueOf(restored.syncTo({ bucket: cloud }, false));
    expect(bringAll(restored)).toEqual(allOf('put', 'a'));
  });

  it('gets nothing more of an event that is over for good, and keeps what it has', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    showPhoto(store, eventId, 'a');
    bringAll(store);
    valueOf(store.events.eraseKey(eventId));
    store.close();
    const again = openIn(libraryDir);
    expect(claimAll(again)).toEqual([]);
    again.close();
    expect(claimAll(openIn(libraryDir, 'another bucket'))).toEqual([]);
  });
});

describe('uploads in parts', () => {
  it('are remembered over restarts until they are done', async () => {
    const { libraryDir, store } = await openLibrary();
    const record = { uploadId: 'u', parts: [{ number: 1, etag: '"e"' }] };
    valueOf(store.multiparts.set('key', {}));
    valueOf(store.multiparts.set('key', record));
    store.close();
    const again = openIn(libraryDir);
    expect(again.multiparts.get('key')).toEqual(record);
    valueOf(again.multiparts.remove('key'));
    expect(again.multiparts.get('key')).toBeUndefined();
  });
});

it('finds what is due by seeking, and what rests is not looked through', async () => {
  const { libraryDir, store } = await openLibrary();
  store.close();
  const plan = rowsOf<{ detail: string }>(
    libraryDir,
    `EXPLAIN QUERY PLAN SELECT id FROM outbox WHERE state = 'waiting' AND priority = 1 AND next_at <= '2026' ORDER BY next_at, id LIMIT 2`,
  ).map(({ detail }) => detail);
  expect(plan).toEqual([expect.stringMatching(/^SEARCH outbox USING (COVERING )?INDEX outbox_to_do/)]);
});
