// SQLite: the truth of which photos, faces and events there are. The only room with SQL, and the only one to open the database.
export { libraryFaultOf } from './guard.ts';
export { eventRecordSchema } from './eventRecords.ts';
export type { EventRecord } from './eventRecords.ts';
export { isSoundDatabase } from './isSoundDatabase.ts';
export { databaseFileOf, openStore } from './store.ts';
export type { Committed, Store } from './store.ts';
export { hammingDistance } from './hammingDistance.ts';
export { isRaw } from './rawEndings.ts';
export { isSameFace } from './sameFace.ts';
export type { EventRow, NewEvent } from './eventTable.ts';
export type { CloudGalleryRow } from './cloudGalleryTable.ts';
export type { DoorRow, KeptKind } from './keptVisitTable.ts';
export type { FaceBox, NewFace, StoredTemplate } from './faceTable.ts';
export type { ArrivedPhoto, ShownPhoto } from './shownPhotos.ts';
export type {
  Arrival,
  Capture,
  ExportedPhoto,
  Origin,
  PendingPhoto,
  PhotoCounts,
  QuarantinedPhoto,
  StoredPhoto,
} from './photoTable.ts';
export { longestRestMs, type OutboxSum, type PageFile } from './outboxTable.ts';
export { kindsOf } from './outboxRow.ts';
export type { OutboxKind, OutboxRow } from './outboxRow.ts';
export type { MailRow } from './mailTable.ts';
export type { PrintOrderRow, PrintSheetRow, SheetChange, SheetState, VoucherRow } from './printTable.ts';
export type { ConsentText, ErasureRow, VisitRow } from './visitTable.ts';
