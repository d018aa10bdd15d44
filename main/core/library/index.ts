// Photos on disk: the originals by their content, and each photo's way from a file to a searchable face, as states in the store.
export { createDerivatives, derivativesDirOf } from './derivatives.ts';
export type { Derivatives } from './derivatives.ts';
export { createDownloads } from './downloads.ts';
export type { Downloads } from './downloads.ts';
export { createLibrary } from './library.ts';
export type { Library, LibraryEvents } from './library.ts';
export { orphanedEventFolders } from './adopt.ts';
export { createDiskGuard } from './diskGuard.ts';
export type { DiskGuard, DiskLimits, DiskState } from './diskGuard.ts';
export { eventTimeOf } from './eventTime.ts';
export type { CameraClock } from './eventTime.ts';
export { originalPathOf, originalsDirOf } from './originalPaths.ts';
export { createOriginals } from './originals.ts';
export type { KeepOriginals } from './originals.ts';
export { createReembedding } from './reembedding.ts';
export type { Reembedding } from './reembedding.ts';
export { createTemplates } from './templates.ts';
export type { Templates } from './templates.ts';
