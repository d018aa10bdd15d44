// What is known of guests, on its way to the cloud: a real database, and rows that are written as the booth writes them.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SyncLane } from '../../preload/index.ts';
import { openStore, type OutboxRow, type Store } from '../../main/core/store/index.ts';
import { addEvent, valueOf } from '../fixtures/core.ts';
import { rowsOf } from '../fixtures/database.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { beginVisit, galleryOf, share } from '../fixtures/sharedGallery.ts';

const places = { bucket: 'a bucket', findme: 'a service', mail: 'a mail server' };

function open(libraryDir: string, syncsTo: Partial<Record<SyncLane, string>> = places): Store {
  const store = valueOf(openStore(libraryDir));
  onTestFinished(() => store.close());
  valueOf(store.syncTo(syncsTo));
  return store;
}

async function openLibrary() {
  const libraryDir = await temporaryFolder();
  const store = open(libraryDir);
  return { libraryDir, store, eventId: addEvent(store, 'wedding') };
}

const claimAll = (store: Store, lane: SyncLane = 'bucket'): OutboxRow[] => valueOf(store.outbox.claim(lane, 1000));

/** Does all that is due. @returns what that was, with these in the place of what they stand for */
function bringAll(store: Store, names: Record<string, string> = {}, lane: SyncLane = 'bucket'): string[] {
  const rows = claimAll(store, lane);
  for (const row of rows) {
    valueOf(store.outbox.confirm(row, row.does === 'put' ? { sha256: '', sizeBytes: 1 } : undefined));
  }
  return rows.map(({ does, kind, subject }) => `${does} ${kind} ${names[subject] ?? subject}`);
}

describe('the outbox of guests', () => {
  it('has a result for each visit, anew with each word of it', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    expect(bringAll(store, { [visitId]: 'guest' })).toEqual(['put result guest']);
    expect(bringAll(store)).toEqual([]);
    valueOf(store.visits.note(visitId, { photos: 1, sealed: Buffer.from('matches') }));
    valueOf(store.visits.end(visitId));
    expect(bringAll(store, { [visitId]: 'guest' })).toEqual(['put result guest']);
  });

  it('brings it once more where it changed while it was brought', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    const row = claimAll(store).at(0) ?? expect.fail('there is nothing to do');
    valueOf(store.visits.note(visitId, { photos: 1, sealed: Buffer.from('matches') }));
    valueOf(store.outbox.confirm(row, { sha256: '', sizeBytes: 1 }));
    expect(bringAll(store, { [visitId]: 'guest' })).toEqual(['put result guest']);
    expect(bringAll(store)).toEqual([]);
  });

  it('brings a gallery before the door to it, and both once', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    share(store, eventId, visitId, 'a');
    expect(bringAll(store, { [visitId]: 'guest' })).toEqual(['put result guest', 'put gallery 30d/contents-a']);
    expect(bringAll(store)).toEqual(['put door 30d/door-a']);
    valueOf(store.cloudGalleries.put(galleryOf(eventId, visitId, 'a', 'with a photo more')));
    expect(bringAll(store)).toEqual(['put gallery 30d/contents-a']);
    // What a guest is given once more is the same door.
    share(store, eventId, visitId, 'a');
    expect(bringAll(store)).toEqual(['put gallery 30d/contents-a']);
  });

  it('takes everything of an erased guest away before anything else is done, and says that there was one', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    share(store, eventId, visitId, 'a');
    // One part has been brought there, another not yet: whether it has is not known.
    bringAll(store);
    const other = beginVisit(store, eventId);
    const visit = store.visits.get(visitId) ?? expect.fail('there is no visit');
    valueOf(store.eraseVisit(visit, 'guest', []));
    const names = { [visitId]: 'guest', [other]: 'other' };
    const done = bringAll(store, names);
    expect(done.slice(0, 3).toSorted()).toEqual([
      'remove door 30d/door-a',
      'remove gallery 30d/contents-a',
      'remove result guest',
    ]);
    expect(done.slice(3).toSorted()).toEqual(['put erasure guest', 'put result other']);
  });

  it('takes a withdrawn link away, and leaves the rest', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    share(store, eventId, visitId, 'a');
    bringAll(store);
    bringAll(store);
    valueOf(store.keptVisits.removeLinks(visitId));
    expect(bringAll(store, { [visitId]: 'guest' })).toEqual(['remove door 30d/door-a', 'put result guest']);
  });

  it('brings nothing more of an event whose key was erased, and takes away what was sealed under it', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    share(store, eventId, visitId, 'a');
    bringAll(store);
    bringAll(store);
    valueOf(store.events.eraseKey(eventId));
    expect(bringAll(store, { [visitId]: 'guest' }).toSorted()).toEqual([
      'remove door 30d/door-a',
      'remove gallery 30d/contents-a',
      'remove result guest',
    ]);
    store.close();
    expect(claimAll(open(libraryDir))).toEqual([]);
  });

  it('writes each gallery anew where the event is called something else', async () => {
    const { store, eventId } = await openLibrary();
    for (const name of ['a', 'b']) share(store, eventId, beginVisit(store, eventId), name);
    bringAll(store);
    bringAll(store);
    valueOf(store.events.update(eventId, { code: 'wedding', settings: '{"name":"The wedding"}' }));
    expect(bringAll(store).toSorted()).toEqual(['put gallery 30d/contents-a', 'put gallery 30d/contents-b']);
  });

  it('makes good at the next start what was changed without it', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    const [gone, stays] = [beginVisit(store, eventId), beginVisit(store, eventId)];
    share(store, eventId, gone, 'gone');
    share(store, eventId, stays, 'stays');
    bringAll(store);
    bringAll(store);
    store.close();
    // The settings name no cloud for a while.
    const without = open(libraryDir, {});
    valueOf(without.visits.note(stays, { photos: 1, sealed: Buffer.from('matches') }));
    valueOf(without.eraseVisit({ id: gone, eventId }, 'staff', []));
    without.close();
    const again = open(libraryDir);
    const names = { [gone]: 'gone', [stays]: 'stays' };
    expect(bringAll(again, names).toSorted()).toEqual([
      'put erasure gone',
      'put gallery 30d/contents-stays',
      'put result stays',
      'remove door 30d/door-gone',
      'remove gallery 30d/contents-gone',
      'remove result gone',
    ]);
    again.close();
    expect(claimAll(open(libraryDir))).toEqual([]);
  });

  it('sends a letter once, and not before the gallery that it leads to is there', async () => {
    const { libraryDir, store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    const names = { [visitId]: 'guest' };
    valueOf(store.mails.add(visitId, eventId, Buffer.from('sealed')));
    share(store, eventId, visitId, 'a');
    expect(bringAll(store, names, 'mail')).toEqual([]);
    valueOf(store.mails.setDue(visitId));
    expect(bringAll(store, names, 'mail')).toEqual([]);
    bringAll(store);
    expect(bringAll(store, names, 'mail')).toEqual([]);
    bringAll(store);
    const letter = claimAll(store, 'mail').at(0) ?? expect.fail('there is no letter');
    valueOf(store.mails.markSent(visitId));
    valueOf(store.outbox.confirm(letter, { sha256: '', sizeBytes: 0 }));
    valueOf(store.mails.setDue(visitId));
    store.close();
    const again = open(libraryDir);
    expect(claimAll(again, 'mail')).toEqual([]);
    again.close();
    expect(rowsOf(libraryDir, 'SELECT sealed FROM mails')).toEqual([{ sealed: null }]);
  });

  it('tells a FindMe service of a guest before it has the selfie, and has the guest forgotten there', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    const names = { [visitId]: 'someone' };
    valueOf(store.findme.putSelfie(visitId, eventId, Buffer.from('sealed')));
    expect(bringAll(store, names, 'findme')).toEqual(['put guest someone']);
    expect(bringAll(store, names, 'findme')).toEqual(['put selfie someone']);
    valueOf(store.findme.putSelfie(visitId, eventId, Buffer.from('another')));
    expect(bringAll(store, names, 'findme')).toEqual(['put selfie someone']);
    valueOf(store.eraseVisit({ id: visitId, eventId }, 'guest', []));
    expect(bringAll(store, names, 'findme')).toEqual(['remove guest someone']);
  });

  it('keeps what belongs to one place apart from the others', async () => {
    const { store, eventId } = await openLibrary();
    const visitId = beginVisit(store, eventId);
    valueOf(store.findme.putSelfie(visitId, eventId, Buffer.from('sealed')));
    const row = claimAll(store, 'findme').at(0);
    expect(claimAll(store).map(({ kind }) => kind)).toEqual(['result']);
    // The bucket's own claims are forgotten; the service's are not.
    valueOf(store.outbox.releaseAllBut('bucket', new Set()));
    expect(claimAll(store, 'findme')).toEqual([]);
    expect(claimAll(store).map(({ kind }) => kind)).toEqual(['result']);
    expect(row?.kind).toBe('guest');
  });

  it('has the pages that open galleries in the bucket as they are, and no others', async () => {
    const { store } = await openLibrary();
    const page = (path: string, sha256: string) => ({ path, sha256, sizeBytes: 5 });
    const confirmAll = () => {
      const rows = claimAll(store);
      for (const row of rows) {
        const content = row.does === 'put' ? { sha256: row.subject === 'g.js' ? '2' : '1', sizeBytes: 5 } : undefined;
        valueOf(store.outbox.confirm(row, content));
      }
      return rows.map(({ does, subject }) => `${does} ${subject}`).toSorted();
    };
    valueOf(store.outbox.setPages([page('index.html', '1'), page('f.js', '1')]));
    // What names the others is there after them, and what it named before goes after that.
    expect([confirmAll(), confirmAll()]).toEqual([['put f.js'], ['put index.html']]);
    valueOf(store.outbox.setPages([page('index.html', '1'), page('g.js', '2')]));
    expect([confirmAll(), confirmAll()]).toEqual([['put g.js'], ['remove f.js']]);
    valueOf(store.outbox.setPages([page('index.html', '1'), page('g.js', '2')]));
    expect(claimAll(store)).toEqual([]);
    valueOf(store.outbox.setPages([page('index.html', '3'), page('h.js', '2')]));
    expect([confirmAll(), confirmAll(), confirmAll()]).toEqual([['put h.js'], ['put index.html'], ['remove g.js']]);
  });
});
