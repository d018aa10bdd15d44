export const stagedFacesSchema = `
-- What another model pack has found in photos that are still searched by the templates of the pack before it. All of an event's take the place of
-- those at once.
CREATE TABLE staged_photos (
  photo_id INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
  pack     TEXT NOT NULL,
  -- Of the bytes that were looked at: the photo may have another content by now.
  sha256   TEXT NOT NULL,
  -- 0: the pack could not look at it.
  is_read  INTEGER NOT NULL CHECK (is_read IN (0, 1))
) STRICT;

-- As in faces.
CREATE TABLE staged_faces (
  id        INTEGER PRIMARY KEY,
  photo_id  INTEGER NOT NULL REFERENCES staged_photos ON DELETE CASCADE,
  x         REAL NOT NULL,
  y         REAL NOT NULL,
  width     REAL NOT NULL,
  height    REAL NOT NULL,
  score     REAL NOT NULL,
  norm      REAL NOT NULL,
  landmarks TEXT NOT NULL,
  template  BLOB NOT NULL
) STRICT;

CREATE INDEX staged_faces_by_photo ON staged_faces (photo_id);
`;
