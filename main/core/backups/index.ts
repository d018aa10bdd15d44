// Copies of the database, made while it is in use, and what is done with them when it is damaged or gone.
export { createBackups } from './backups.ts';
export type { Backups } from './backups.ts';
export { openLibrary } from './openLibrary.ts';
export type { Mishap } from './openLibrary.ts';
