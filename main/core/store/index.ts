// SQLite: the truth of which photos, faces and events there are. The only room with SQL, and the only one to open the database.
export { libraryFaultOf } from './guard.ts';
export { openStore } from './store.ts';
export type { Store } from './store.ts';
export type { EventRow } from './eventTable.ts';
export type { NewFace, StoredFaces } from './faceTable.ts';
export type { Origin, PendingPhoto, PhotoCounts, QuarantinedPhoto, StoredPhoto } from './photoTable.ts';
