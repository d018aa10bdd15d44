// Where photos come from. A source hands files to the library and knows nothing of what becomes of them.
export { listFolder } from './folder.ts';
export type { FolderHealth } from './hotFolder.ts';
export { createSources } from './sources.ts';
export type { Sources } from './sources.ts';
