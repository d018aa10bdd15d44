import { now, outboxKinds, removalPriority } from './outboxRow.ts';

// [Note: Outbox] What changes in the library and what is to be done about it in the cloud are one commit: triggers write the latter, so that no
// statement that changes a photo, however it came about, can do so without. They belong to a connection and not to the schema: a booth without a
// cloud has none, and a change of theirs is no migration. What changed while there were none is made good when they are set up.

const kinds = Object.entries(outboxKinds)
  .map(
    ([kind, { priority, aboutBytes }]) =>
      `SELECT '${kind}' AS kind, ${String(priority)} AS priority, ${String(aboutBytes ?? 'NULL')} AS about_bytes`,
  )
  .join(' UNION ALL ');

const insert =
  'INSERT INTO outbox (event_uid, kind, subject, extension, does, priority, size_bytes, next_at, added_at)';

/** The same once more changes nothing; the contrary is what is to be done from now on, and what was tried before counts no more. */
const onConflict = `ON CONFLICT (event_uid, subject, kind) DO UPDATE SET does = excluded.does, priority = excluded.priority,
    extension = excluded.extension, size_bytes = excluded.size_bytes, change = change + 1, tries = 0, next_at = excluded.next_at,
    fault_code = NULL, fault_detail = NULL WHERE does <> excluded.does`;

/** Everything of photos that does not lie there. @param where of photos and events; @param photos a table of them */
const put = (photos: string, where: string): string => `
  ${insert}
  SELECT uid, kinds.kind, photos.sha256, photos.extension, 'put', kinds.priority, coalesce(kinds.about_bytes, photos.size_bytes), ${now}, ${now}
  FROM ${photos} AS photos JOIN events ON events.id = photos.event_id JOIN (${kinds}) AS kinds
  WHERE ${where} AND NOT EXISTS
    (SELECT 1 FROM synced WHERE synced.event_uid = uid AND synced.subject = photos.sha256 AND synced.kind = kinds.kind)
  ${onConflict};`;

/** What lies there, or may: a try that was cut off may have come through. @param where of what was to be there */
const remove = (where: string): string => `
  ${insert}
  SELECT event_uid, kind, subject, extension, 'remove', ${String(removalPriority)}, 0, ${now}, ${now}
  FROM (SELECT event_uid, kind, subject, extension FROM synced
    UNION ALL SELECT event_uid, kind, subject, extension FROM outbox WHERE does = 'put') AS wanted
  WHERE ${where}
  ${onConflict};
  DELETE FROM synced WHERE ${where};`;

/** Of one photo, within a trigger. */
const removeOf = (row: 'OLD' | 'NEW'): string =>
  remove(`event_uid = (SELECT uid FROM events WHERE id = ${row}.event_id) AND subject = ${row}.sha256`);
const putNew = put('photos', 'photos.id = NEW.id');

const trigger = (name: string, on: string, statements: string): string =>
  `CREATE TEMP TRIGGER IF NOT EXISTS outbox_${name} ${on} BEGIN ${statements} END;`;

export const outboxTriggers = [
  trigger('added', "AFTER INSERT ON main.photos WHEN NEW.state = 'indexed' AND NEW.beside IS NULL", putNew),
  trigger(
    'shown',
    "AFTER UPDATE OF state, beside, sha256 ON main.photos WHEN NEW.state = 'indexed' AND NEW.beside IS NULL",
    putNew,
  ),
  trigger(
    'put_beside',
    'AFTER UPDATE OF beside ON main.photos WHEN OLD.beside IS NULL AND NEW.beside IS NOT NULL',
    removeOf('NEW'),
  ),
  trigger('replaced', 'AFTER UPDATE OF sha256 ON main.photos WHEN OLD.sha256 <> NEW.sha256', removeOf('OLD')),
  trigger('removed', 'AFTER DELETE ON main.photos', removeOf('OLD')),
  // Before: its photos go with it, and it is not known any more then whose they were.
  trigger('event_removed', 'BEFORE DELETE ON main.events', remove('event_uid = OLD.uid')),
].join('\n');

/** What there was before anybody kept an outbox, and what has come without one. Of events that are over for good nothing more is brought. */
export const putMissing = put('shown_photos', 'events.key_erased_at IS NULL');

/** What has gone without one. Whatever its state: a photo that is searched anew stays where it is. */
export const removeOrphaned = remove(`NOT EXISTS (SELECT 1 FROM photos JOIN events ON events.id = photos.event_id
    WHERE events.uid = event_uid AND photos.sha256 = subject AND photos.beside IS NULL)`);
