// Keys: the booth's master key, wrapped by the system's key store or by a passphrase, and under it a key for each event, with which everything is
// sealed that says who somebody is. Erasing an event's key makes all of it unreadable.
export { keyBytes, seal, sealSteadily, unseal } from './cipher.ts';
export { createEventKeys } from './eventKeys.ts';
export type { EventKeys, Sealer } from './eventKeys.ts';
export { openKeys } from './openKeys.ts';
export type { Keys } from './openKeys.ts';
export { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase.ts';
export type { WrappedKey } from './passphrase.ts';
export { createHostVault, noVault } from './vault.ts';
export type { Vault } from './vault.ts';
