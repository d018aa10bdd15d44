export const groundSchema = `
-- What the booth itself remembers, each as JSON: settings, the staff's PIN, which event it stands at.
CREATE TABLE booth (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Names the event wherever its code, which staff may change, will not do: folders, exports, what its key is bound to.
ALTER TABLE events ADD COLUMN uid TEXT;
UPDATE events SET uid = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX events_by_uid ON events (uid);
ALTER TABLE events ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('draft', 'open', 'closed', 'archived'));
-- JSON; what it does not say has its default.
ALTER TABLE events ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
-- The event's own key, sealed under the booth's master key. NULL before it is needed, and after it was erased.
ALTER TABLE events ADD COLUMN sealed_key BLOB;
ALTER TABLE events ADD COLUMN key_erased_at TEXT;

-- From now on a template is kept sealed under its event's key. Those in clear go, and their photos are searched anew.
DELETE FROM faces;
UPDATE photos SET state = 'stored' WHERE state = 'indexed';
ALTER TABLE photos ADD COLUMN indexed_at TEXT;

-- Each text that a guest has ever agreed to, word for word.
CREATE TABLE consent_texts (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id   INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  language   TEXT NOT NULL,
  version    TEXT NOT NULL,
  text       TEXT NOT NULL,
  UNIQUE (event_id, language, version, text)
) STRICT;

CREATE TABLE visits (
  -- A UUID.
  id          TEXT PRIMARY KEY,
  event_id    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  consent_id  INTEGER NOT NULL REFERENCES consent_texts ON DELETE CASCADE,
  -- When the guest agreed.
  began_at    TEXT NOT NULL,
  ended_at    TEXT,
  -- How many photos are the guest's.
  photos      INTEGER NOT NULL DEFAULT 0,
  -- Under the event's key: which photos and faces, and what staff call the guest.
  sealed      BLOB
) STRICT;

CREATE INDEX visits_by_time ON visits (event_id, began_at);

-- What codes open is sealed under the event's key as well from now on, and goes with the record of the visit that they were given in.
DELETE FROM kept_visits;
ALTER TABLE kept_visits ADD COLUMN visit_id TEXT REFERENCES visits ON DELETE CASCADE;
CREATE INDEX kept_visits_by_visit ON kept_visits (visit_id);

-- What remains of a guest who was erased: that there was one.
CREATE TABLE erasures (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  visit_id TEXT NOT NULL,
  at       TEXT NOT NULL,
  actor    TEXT NOT NULL CHECK (actor IN ('guest', 'staff', 'booth')),
  faces    INTEGER NOT NULL
) STRICT;

CREATE INDEX erasures_by_event ON erasures (event_id, at);

-- Where in a photo no face is to be found any more. By the photo's bytes: it may be taken in anew.
CREATE TABLE erased_faces (
  event_id INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  sha256   TEXT NOT NULL,
  -- Pixels of the upright original.
  x        REAL NOT NULL,
  y        REAL NOT NULL,
  width    REAL NOT NULL,
  height   REAL NOT NULL
) STRICT;

CREATE INDEX erased_faces_by_photo ON erased_faces (event_id, sha256);

CREATE TABLE audit (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,
  actor  TEXT NOT NULL CHECK (actor IN ('guest', 'staff', 'booth')),
  action TEXT NOT NULL,
  -- A JSON object.
  details TEXT NOT NULL
) STRICT;

-- What staff are to be told, until they have read it.
CREATE TABLE notices (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      TEXT NOT NULL,
  code    TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;
`;
