export const cloudSchema = `
-- By lane, which place things were brought to: so far there was a bucket alone.
UPDATE booth SET value = json_object('bucket', json(value)) WHERE name = 'cloud';

-- Rows of one thread are brought in the order of their priorities, each only once those before it are there; '' belongs to none.
ALTER TABLE outbox ADD COLUMN thread TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_by_thread ON outbox (thread, priority) WHERE thread <> '';
-- What is known of guests goes before what is known of photos.
UPDATE outbox SET priority = priority + 2;

CREATE INDEX erasures_by_visit ON erasures (visit_id);

-- The door in the cloud that the code or the link opens: the name and the bytes of an object there, in a folder whose objects last so many days.
ALTER TABLE kept_visits ADD COLUMN door_id TEXT;
ALTER TABLE kept_visits ADD COLUMN door BLOB;
ALTER TABLE kept_visits ADD COLUMN door_days INTEGER;
CREATE INDEX kept_visits_by_door ON kept_visits (door_id) WHERE door_id IS NOT NULL;

-- A guest's gallery in the cloud, which photos are added to when the guest has long left: who that is has to be known for it.
CREATE TABLE cloud_galleries (
  visit_id    TEXT PRIMARY KEY REFERENCES visits ON DELETE CASCADE,
  event_id    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  -- The name of the object, in a folder whose objects last so many days.
  contents_id TEXT NOT NULL UNIQUE,
  days        INTEGER NOT NULL,
  -- 'YYYY-MM-DD': gone at the end of that day.
  expires_on  TEXT NOT NULL,
  -- Under the event's key: what opens it, whom it is of, and the photos in it.
  sealed      BLOB NOT NULL
) STRICT;

CREATE INDEX cloud_galleries_by_event ON cloud_galleries (event_id);

-- E-mails that are to be sent, and were: once each.
CREATE TABLE mails (
  visit_id TEXT PRIMARY KEY REFERENCES visits ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  -- Whether there is something in the gallery.
  is_due   INTEGER NOT NULL DEFAULT 0,
  -- Under the event's key: to whom, and the link. NULL once it was sent.
  sealed   BLOB,
  sent_at  TEXT
) STRICT;

-- Selfies for a FindMe service, until it has them.
CREATE TABLE selfies (
  visit_id TEXT PRIMARY KEY REFERENCES visits ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  -- Under the event's key: a JPEG.
  sealed   BLOB NOT NULL
) STRICT;

-- By what a FindMe service knows a guest, so that it can be told that the guest was erased: outlives the visit.
CREATE TABLE findme_guests (
  visit_id TEXT PRIMARY KEY,
  event_uid TEXT NOT NULL,
  -- Under the booth's master key.
  sealed   BLOB NOT NULL
) STRICT;
`;
