export const faceQualitySchema = `
-- How well a face is seen, from 0 on, about 1 for a usual clear one. NULL: found before this was looked at.
ALTER TABLE faces ADD COLUMN quality REAL;
ALTER TABLE staged_faces ADD COLUMN quality REAL;
`;
