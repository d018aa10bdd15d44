// AUTOINCREMENT: an id is never given twice, so that nothing that remembers one can take a new face for an old one.
export const firstSchema = `
CREATE TABLE events (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  code       TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
) STRICT;

-- A photo is a content: the same bytes are one photo of an event, however often and from wherever they come.
CREATE TABLE photos (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  sha256       TEXT NOT NULL,
  extension    TEXT NOT NULL,
  size_bytes   INTEGER NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('stored', 'indexed', 'quarantined')),
  stored_at    TEXT NOT NULL,
  -- Once indexed: the upright picture's size in pixels, and the model pack that looked at it.
  width        INTEGER,
  height       INTEGER,
  pack         TEXT,
  -- A JSON array of codes.
  notes        TEXT NOT NULL DEFAULT '[]',
  -- Once quarantined: why.
  fault_code   TEXT,
  fault_detail TEXT,
  UNIQUE (event_id, sha256)
) STRICT;

CREATE INDEX photos_by_state ON photos (event_id, state);

-- Where a photo came from. What has been taken from a file of this size and time need not be read again.
CREATE TABLE origins (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  photo_id    INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
  event_id    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  path        TEXT NOT NULL,
  size_bytes  INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  UNIQUE (event_id, path)
) STRICT;

CREATE INDEX origins_by_photo ON origins (photo_id);

CREATE TABLE faces (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  photo_id  INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
  -- Pixels of the upright original.
  x         REAL NOT NULL,
  y         REAL NOT NULL,
  width     REAL NOT NULL,
  height    REAL NOT NULL,
  score     REAL NOT NULL,
  norm      REAL NOT NULL,
  -- A JSON array: x1, y1, ... of five points.
  landmarks TEXT NOT NULL,
  -- Float32, little endian, unit length.
  template  BLOB NOT NULL
) STRICT;

CREATE INDEX faces_by_photo ON faces (photo_id);
`;
