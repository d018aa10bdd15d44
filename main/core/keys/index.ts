// Keys: the booth's master key, wrapped by the system's key store or by a passphrase, and under it a key for each event, with which everything is
// sealed that says who somebody is. Erasing an event's key makes all of it unreadable.
export { createEventKeys } from './eventKeys.ts';
export type { EventKeys, Sealer } from './eventKeys.ts';
