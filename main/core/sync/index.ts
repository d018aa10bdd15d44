// Sync: what is to lie in the cloud gets there whenever there is a network, and what is not goes from there. See [Note: Outbox] for how it is known
// what that is, and docs/cloud.md for where it lies.
export { openBucketSetUp } from './bucketSetUp.ts';
export type { BucketSetUp } from './bucketSetUp.ts';
export { cloudHouseOf } from './cloudHouse.ts';
export type { CloudHouse } from './cloudHouse.ts';
export { createContents } from './contents.ts';
export { createKeyRing } from './keyRing.ts';
export type { KeyRing } from './keyRing.ts';
export type { CloudFault, CloudOutcome, Pace, Storage, StoredObject } from './storage.ts';
export { createSync } from './sync.ts';
export type { Sync } from './sync.ts';
