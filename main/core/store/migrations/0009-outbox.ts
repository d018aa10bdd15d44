export const outboxSchema = `
-- What is still to be done in the cloud: one row an object there, which says what becomes of it. A row that is done goes.
CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  -- By its uid: what an event has in the cloud is to be removed there even where the event is gone here.
  event_uid    TEXT NOT NULL,
  -- What of a photo, say, and the photo's SHA-256.
  kind         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  -- Of the photo's original, with its dot.
  extension    TEXT NOT NULL,
  does         TEXT NOT NULL CHECK (does IN ('put', 'remove')),
  -- The lowest first.
  priority     INTEGER NOT NULL,
  -- About; exact only for originals.
  size_bytes   INTEGER NOT NULL,
  -- claimed: somebody is at it.
  state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'claimed')),
  claimed_at   TEXT,
  -- Goes up whenever something else is to be done: whoever is at it then has not done that.
  change       INTEGER NOT NULL DEFAULT 1,
  -- That came to nothing.
  tries        INTEGER NOT NULL DEFAULT 0,
  -- ISO 8601, here and below; until then it is not tried.
  next_at      TEXT NOT NULL,
  -- Why the last try came to nothing.
  fault_code   TEXT,
  fault_detail TEXT,
  added_at     TEXT NOT NULL,
  UNIQUE (event_uid, subject, kind)
) STRICT;

CREATE INDEX outbox_to_do ON outbox (state, priority, next_at);
CREATE INDEX outbox_by_kind ON outbox (kind, does, size_bytes);
CREATE INDEX outbox_troubled ON outbox (tries) WHERE fault_code IS NOT NULL;

-- What lies in the cloud, and is to lie there. Nothing is both here and in the outbox.
CREATE TABLE synced (
  event_uid  TEXT NOT NULL,
  kind       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  extension  TEXT NOT NULL,
  -- Of what was put there.
  sha256     TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (event_uid, subject, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX synced_by_kind ON synced (kind, size_bytes);

-- Uploads in parts that are under way, each as JSON.
CREATE TABLE multiparts (
  key    TEXT PRIMARY KEY,
  record TEXT NOT NULL
) STRICT;
`;
