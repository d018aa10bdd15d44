import type { SyncKind, SyncLane } from '../../../preload/index.ts';
import { kindsOf, now, outboxKinds, personalRemovalPriority, photoRemovalPriority } from './outboxRow.ts';

// [Note: Outbox] What changes in the library and what is to be done about it in the cloud are one commit: triggers write the latter, so that no
// statement that changes a photo or a guest's record, however it came about, can do so without. They belong to a connection and not to the schema: a booth
// without a cloud has none, and a change of theirs is no migration. What changed while there were none is made good when they are set up.

const insert =
  'INSERT INTO outbox (event_uid, kind, subject, extension, does, priority, size_bytes, next_at, added_at, thread)';

const takeOver = `does = excluded.does, priority = excluded.priority, extension = excluded.extension, size_bytes = excluded.size_bytes,
    thread = excluded.thread, change = change + 1`;
const anew = 'tries = 0, next_at = excluded.next_at, fault_code = NULL, fault_detail = NULL';

/** The same once more changes nothing; the contrary is what is to be done from now on, and what was tried before counts no more. */
const unlessSame = `ON CONFLICT (event_uid, subject, kind) DO UPDATE SET ${takeOver}, ${anew} WHERE does <> excluded.does`;
/** The same once more is another: whoever is at it has not brought that. It rests as long as it would have. */
const evenIfSame = `ON CONFLICT (event_uid, subject, kind) DO UPDATE SET ${takeOver},
    tries = iif(does = excluded.does, tries, 0), next_at = iif(does = excluded.does, next_at, excluded.next_at),
    fault_code = iif(does = excluded.does, fault_code, NULL), fault_detail = iif(does = excluded.does, fault_detail, NULL)`;

const quoted = (kinds: readonly SyncKind[]): string => kinds.map((kind) => `'${kind}'`).join(', ');
const photoKinds: readonly SyncKind[] = ['thumbnail', 'screen', 'photo'];
/** What is sealed under an event's key, and what it opens: nothing of it is of use any more once that is erased. */
const sealedKinds: readonly SyncKind[] = ['result', 'gallery', 'door', 'guest'];

/** What there is of a guest, one row of the outbox for each row that `from` gives; `uid` is the event's. */
interface Source {
  kind: SyncKind;
  subject: string;
  from: string;
  /** Within which it has its turn; '' if not given. */
  thread?: string;
}

const ofEvent = 'JOIN events ON events.id = event_id AND events.key_erased_at IS NULL';
const sources = {
  result: { kind: 'result', subject: 'visits.id', from: `visits ${ofEvent}` },
  // Of an event whose key is erased as well: it tells of nobody.
  erasure: { kind: 'erasure', subject: 'visit_id', from: 'erasures JOIN events ON events.id = event_id' },
  gallery: {
    ...{ kind: 'gallery', subject: "days || 'd/' || contents_id", thread: 'visit_id' },
    from: `cloud_galleries ${ofEvent}`,
  },
  door: {
    ...{ kind: 'door', subject: "door_days || 'd/' || door_id", thread: 'visit_id' },
    from: `kept_visits ${ofEvent} AND door_id IS NOT NULL`,
  },
  guest: { kind: 'guest', subject: 'visit_id', thread: "'guest/' || visit_id", from: `selfies ${ofEvent}` },
  selfie: { kind: 'selfie', subject: 'visit_id', thread: "'guest/' || visit_id", from: `selfies ${ofEvent}` },
  mail: {
    ...{ kind: 'mail', subject: 'visit_id', thread: 'visit_id' },
    from: `mails ${ofEvent} AND is_due = 1 AND mails.sealed IS NOT NULL`,
  },
} as const satisfies Record<string, Source>;

const isSynced = (kind: string, subject: string): string =>
  `EXISTS (SELECT 1 FROM synced WHERE synced.event_uid = uid AND synced.subject = ${subject} AND synced.kind = ${kind})`;

const rowsOf = ({ kind, subject, from, thread = "''" }: Source, where: string): string => {
  const { priority, aboutBytes } = outboxKinds[kind];
  return `${insert}
    SELECT uid, '${kind}', ${subject}, '', 'put', ${String(priority)}, ${String(aboutBytes)}, ${now}, ${now}, ${thread} FROM ${from} WHERE ${where}`;
};

/** What is written once, and does not lie there. */
const put = (source: Source, where: string): string =>
  `${rowsOf(source, `${where} AND NOT ${isSynced(`'${source.kind}'`, source.subject)}`)} ${unlessSame};`;

/** What is another now, whether or not it lies there. */
const renew = (source: Source, where: string): string => `${rowsOf(source, where)} ${evenIfSame};
  DELETE FROM synced WHERE kind = '${source.kind}' AND (event_uid, subject) IN
    (SELECT uid, ${source.subject} FROM ${source.from} WHERE ${where});`;

/** Everything of photos that does not lie there. @param where of photos and events; @param photos a table of them */
const putPhotos = (photos: string, where: string): string => {
  const kinds = photoKinds
    .map((kind) => {
      const { priority, aboutBytes } = outboxKinds[kind];
      return `SELECT '${kind}' AS kind, ${String(priority)} AS priority, ${String(aboutBytes ?? 'NULL')} AS about_bytes`;
    })
    .join(' UNION ALL ');
  return `${insert}
  SELECT uid, kinds.kind, photos.sha256, photos.extension, 'put', kinds.priority, coalesce(kinds.about_bytes, photos.size_bytes), ${now}, ${now}, ''
  FROM ${photos} AS photos JOIN events ON events.id = photos.event_id JOIN (${kinds}) AS kinds
  WHERE ${where} AND NOT ${isSynced('kinds.kind', 'photos.sha256')}
  ${unlessSame};`;
};

/** What lies there, or may: a try that was cut off may have come through. @param where of what was to be there */
const remove = (where: string, kinds: readonly SyncKind[]): string => {
  const those = `kind IN (${quoted(kinds)}) AND ${where}`;
  return `
  ${insert}
  SELECT event_uid, kind, subject, extension, 'remove',
    iif(kind IN (${quoted(photoKinds)}), ${String(photoRemovalPriority)}, iif(kind = 'guest', ${String(outboxKinds.guest.priority)}, ${String(personalRemovalPriority)})),
    0, ${now}, ${now}, ''
  FROM (SELECT event_uid, kind, subject, extension FROM synced
    UNION ALL SELECT event_uid, kind, subject, extension FROM outbox WHERE does = 'put') AS wanted
  WHERE ${those}
  ${unlessSame};
  DELETE FROM synced WHERE ${those};`;
};

/** What has not gone yet, and is not to go any more. What has, nobody can take back. */
const drop = (kind: SyncKind, where: string): string =>
  ['outbox', 'synced'].map((table) => `DELETE FROM ${table} WHERE kind = '${kind}' AND ${where};`).join('\n');

const trigger = (name: string, on: string, ...statements: string[]): string =>
  `CREATE TEMP TRIGGER IF NOT EXISTS outbox_${name} ${on} BEGIN ${statements.join('\n')} END;`;

/** Of one photo, within a trigger. */
const removePhoto = (row: 'OLD' | 'NEW'): string =>
  remove(`event_uid = (SELECT uid FROM events WHERE id = ${row}.event_id) AND subject = ${row}.sha256`, photoKinds);
const putNewPhoto = putPhotos('photos', 'photos.id = NEW.id');
const renewResult = (visitId: string): string => renew(sources.result, `visits.id = ${visitId}`);

const bucketTriggers = [
  trigger('added', "AFTER INSERT ON main.photos WHEN NEW.state = 'indexed' AND NEW.beside IS NULL", putNewPhoto),
  trigger(
    'shown',
    "AFTER UPDATE OF state, beside, sha256 ON main.photos WHEN NEW.state = 'indexed' AND NEW.beside IS NULL",
    putNewPhoto,
  ),
  trigger(
    'put_beside',
    'AFTER UPDATE OF beside ON main.photos WHEN OLD.beside IS NULL AND NEW.beside IS NOT NULL',
    removePhoto('NEW'),
  ),
  trigger('replaced', 'AFTER UPDATE OF sha256 ON main.photos WHEN OLD.sha256 <> NEW.sha256', removePhoto('OLD')),
  trigger('removed', 'AFTER DELETE ON main.photos', removePhoto('OLD')),

  trigger('visit_begun', 'AFTER INSERT ON main.visits', renewResult('NEW.id')),
  trigger('visit_noted', 'AFTER UPDATE OF ended_at, photos, sealed ON main.visits', renewResult('NEW.id')),
  trigger('visit_removed', 'AFTER DELETE ON main.visits', remove('subject = OLD.id', ['result'])),
  trigger('erased', 'AFTER INSERT ON main.erasures', put(sources.erasure, 'visit_id = NEW.visit_id')),
  trigger(
    'print_ordered',
    'AFTER INSERT ON main.print_orders WHEN NEW.visit_id IS NOT NULL',
    renewResult('NEW.visit_id'),
  ),
  trigger(
    'printed',
    "AFTER UPDATE OF state ON main.print_sheets WHEN NEW.state = 'printed' AND OLD.state <> 'printed'",
    renewResult('(SELECT visit_id FROM print_orders WHERE id = NEW.order_id)'),
  ),
  trigger('mailed', 'AFTER UPDATE OF sent_at ON main.mails WHEN NEW.sent_at IS NOT NULL', renewResult('NEW.visit_id')),

  trigger(
    'kept',
    'AFTER INSERT ON main.kept_visits',
    put(sources.door, 'door_id = NEW.door_id'),
    renewResult('NEW.visit_id'),
  ),
  trigger(
    'withdrawn',
    'AFTER DELETE ON main.kept_visits',
    remove("subject = OLD.door_days || 'd/' || OLD.door_id", ['door']),
    renewResult('OLD.visit_id'),
  ),
  trigger('gallery_begun', 'AFTER INSERT ON main.cloud_galleries', renew(sources.gallery, 'visit_id = NEW.visit_id')),
  trigger(
    'gallery_noted',
    'AFTER UPDATE OF sealed ON main.cloud_galleries',
    renew(sources.gallery, 'visit_id = NEW.visit_id'),
  ),
  trigger(
    'gallery_removed',
    'AFTER DELETE ON main.cloud_galleries',
    remove("subject = OLD.days || 'd/' || OLD.contents_id", ['gallery']),
  ),
  // Its name, its colour and what guests may do stand in each gallery.
  trigger(
    'event_changed',
    'AFTER UPDATE OF settings, state ON main.events WHEN OLD.settings <> NEW.settings OR OLD.state <> NEW.state',
    renew(sources.gallery, 'event_id = NEW.id'),
  ),
];

const findmeTriggers = [
  trigger(
    'selfie_kept',
    'AFTER INSERT ON main.selfies',
    put(sources.guest, 'visit_id = NEW.visit_id'),
    renew(sources.selfie, 'visit_id = NEW.visit_id'),
  ),
  trigger('selfie_anew', 'AFTER UPDATE ON main.selfies', renew(sources.selfie, 'visit_id = NEW.visit_id')),
  trigger(
    'guest_removed',
    'AFTER DELETE ON main.visits',
    remove('subject = OLD.id', ['guest']),
    drop('selfie', 'subject = OLD.id'),
  ),
];

const mailTriggers = [
  trigger('mail_due', 'AFTER UPDATE OF is_due ON main.mails', put(sources.mail, 'visit_id = NEW.visit_id')),
  trigger('mail_removed', 'AFTER DELETE ON main.mails', drop('mail', 'subject = OLD.visit_id')),
];

const triggersOfLane: Readonly<Record<SyncLane, readonly string[]>> = {
  bucket: bucketTriggers,
  findme: findmeTriggers,
  mail: mailTriggers,
};

/** @param lanes that there are; what concerns others is made good once there are */
export const outboxTriggers = (lanes: readonly SyncLane[]): string => {
  const kinds = lanes.flatMap((lane) => kindsOf(lane));
  return [
    ...lanes.flatMap((lane) => triggersOfLane[lane]),
    // Before: what belongs to it goes with it, and it is not known any more then whose it was.
    trigger('event_removed', 'BEFORE DELETE ON main.events', remove('event_uid = OLD.uid', removable(kinds))),
    trigger(
      'event_over',
      'AFTER UPDATE OF key_erased_at ON main.events WHEN NEW.key_erased_at IS NOT NULL',
      remove('event_uid = NEW.uid', intersection(kinds, sealedKinds)),
      drop('selfie', 'event_uid = NEW.uid'),
      drop('mail', 'event_uid = NEW.uid'),
    ),
  ].join('\n');
};

const intersection = (kinds: readonly SyncKind[], others: readonly SyncKind[]): SyncKind[] =>
  kinds.filter((kind) => others.includes(kind));
/** A letter that was sent cannot be taken back, and a selfie goes with its guest. */
const removable = (kinds: readonly SyncKind[]): SyncKind[] =>
  kinds.filter((kind) => kind !== 'mail' && kind !== 'selfie');

/** What there was before anybody kept an outbox, and what has come without one. Of events that are over for good nothing more is brought. */
const missing: Readonly<Record<SyncLane, readonly string[]>> = {
  bucket: [
    putPhotos('shown_photos', 'events.key_erased_at IS NULL'),
    ...[sources.result, sources.erasure, sources.gallery, sources.door].map((source) => put(source, 'true')),
  ],
  findme: [sources.guest, sources.selfie].map((source) => put(source, 'true')),
  mail: [put(sources.mail, 'true')],
};
export const putMissing = (lanes: readonly SyncLane[]): string => lanes.flatMap((lane) => missing[lane]).join('\n');

/** What has gone without one. Of photos, whatever their state: one that is searched anew stays where it is. */
const orphaned: Readonly<Record<SyncLane, readonly string[]>> = {
  bucket: [
    remove(
      `NOT EXISTS (SELECT 1 FROM photos JOIN events ON events.id = photos.event_id
        WHERE events.uid = event_uid AND photos.sha256 = subject AND photos.beside IS NULL)`,
      photoKinds,
    ),
    ...[sources.result, sources.erasure, sources.gallery, sources.door].map((source) => removeUnless(source)),
  ],
  findme: [
    remove('NOT EXISTS (SELECT 1 FROM visits WHERE visits.id = subject)', ['guest']),
    drop('selfie', 'NOT EXISTS (SELECT 1 FROM visits WHERE visits.id = subject)'),
  ],
  mail: [drop('mail', 'NOT EXISTS (SELECT 1 FROM mails WHERE visit_id = subject)')],
};
export const removeOrphaned = (lanes: readonly SyncLane[]): string =>
  lanes.flatMap((lane) => orphaned[lane]).join('\n');

function removeUnless({ kind, subject, from }: Source): string {
  return remove(`NOT EXISTS (SELECT 1 FROM ${from} WHERE uid = event_uid AND ${subject} = subject)`, [kind]);
}

/** What was changed while nobody wrote it down may lie there as it was. */
export const renewAll = [
  "DELETE FROM synced WHERE kind IN ('result', 'gallery');",
  "UPDATE outbox SET change = change + 1 WHERE kind IN ('result', 'gallery') AND does = 'put';",
].join('\n');
