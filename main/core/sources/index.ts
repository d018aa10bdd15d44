// Where photos come from. A source hands files to the library and knows nothing of what becomes of them.
export { listFolder } from './folder.ts';
export { watchFolders } from './watchFolders.ts';
export type { WatchedFolders } from './watchFolders.ts';
