// What everything else of the booth stands on: the database with its backups, the keys, the events. It is there before any photo can be searched, and
// also where none can be.
export { openGround } from './openGround.ts';
export type { Ground } from './openGround.ts';
