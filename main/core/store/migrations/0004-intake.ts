export const intakeSchema = `
-- What the camera wrote: its own clock's local time, 'YYYY-MM-DDTHH:MM:SS.mmm', and by how many minutes that is ahead of UTC, where it says so.
ALTER TABLE photos ADD COLUMN captured_at TEXT;
ALTER TABLE photos ADD COLUMN utc_offset_minutes INTEGER;
ALTER TABLE photos ADD COLUMN camera TEXT;
ALTER TABLE photos ADD COLUMN serial TEXT;
ALTER TABLE photos ADD COLUMN lens TEXT;
-- A difference hash, 16 hexadecimal digits, and how sharp the picture is.
ALTER TABLE photos ADD COLUMN hash TEXT;
ALTER TABLE photos ADD COLUMN sharpness REAL;
-- The first photo of the burst that it belongs to.
ALTER TABLE photos ADD COLUMN burst_id INTEGER;
-- Goes up with every other content that takes its place.
ALTER TABLE photos ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- The photo that this one takes the place of once its faces are known; until then that one is shown.
ALTER TABLE photos ADD COLUMN replaces INTEGER REFERENCES photos ON DELETE SET NULL;
-- The photo that this one, its RAW file, is kept beside.
ALTER TABLE photos ADD COLUMN beside INTEGER REFERENCES photos ON DELETE SET NULL;
CREATE INDEX photos_beside ON photos (beside) WHERE beside IS NOT NULL;
CREATE INDEX photos_replaces ON photos (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX photos_by_capture ON photos (event_id, captured_at) WHERE captured_at IS NOT NULL;

-- Contents that a photo had before.
CREATE TABLE versions (
  photo_id   INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
  version    INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  extension  TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (photo_id, version)
) STRICT;

-- The watched folder that a file came by, the folders in it that it lay in, whose folder it is, and the file's name without its ending, in
-- lower case.
ALTER TABLE origins ADD COLUMN folder TEXT;
ALTER TABLE origins ADD COLUMN album TEXT;
ALTER TABLE origins ADD COLUMN photographer TEXT;
ALTER TABLE origins ADD COLUMN stem TEXT;
CREATE INDEX origins_by_stem ON origins (event_id, stem) WHERE stem IS NOT NULL;
CREATE INDEX origins_by_folder ON origins (event_id, folder) WHERE folder IS NOT NULL;

CREATE VIEW shown_photos AS SELECT * FROM photos WHERE state = 'indexed' AND beside IS NULL;
`;
