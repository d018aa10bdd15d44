export const kioskSchema = `
-- Local time of capture as far as it is known, 'YYYY-MM-DDTHH:MM:SS': the camera's word, else the file's time.
ALTER TABLE photos ADD COLUMN taken_at TEXT;
UPDATE photos SET taken_at = strftime('%Y-%m-%dT%H:%M:%S', stored_at, 'localtime');
CREATE INDEX photos_by_time ON photos (event_id, state, taken_at, id);

-- Goes into what guests' codes are turned into, so that the same code of two events has nothing in common.
ALTER TABLE events ADD COLUMN code_salt BLOB;
UPDATE events SET code_salt = randomblob(16);

-- What a guest who asked for a code comes back to. Neither column can be read, or linked to anybody, without the code.
CREATE TABLE kept_visits (
  lookup     BLOB PRIMARY KEY,
  event_id   INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  sealed     BLOB NOT NULL,
  -- 'YYYY-MM-DD': gone at the end of that day.
  expires_on TEXT NOT NULL
) STRICT;
`;
