// Sync: what is to lie in the cloud gets there whenever there is a network, and what is not goes from there. See [Note: Outbox] for how it is known
// what that is, and docs/cloud.md for where it lies.
export { createBucketCarrier } from './bucketCarrier.ts';
export type { Carrier } from './carrier.ts';
export { openBucketSetUp } from './bucketSetUp.ts';
export type { BucketSetUp } from './bucketSetUp.ts';
export { cloudHouseOf } from './cloudHouse.ts';
export type { CloudHouse, SyncGround } from './cloudHouse.ts';
export { createContents } from './contents.ts';
export type { GuestContents } from './contents.ts';
export { createGalleryRules } from './galleryRules.ts';
export { derivativeKey, keyOf, photoKey } from './keys.ts';
export { galleryPagesDirOf } from './pages.ts';
export { createFindmeToken, createKeyRing, createMailPassword } from './keyRing.ts';
export type { KeyRing } from './keyRing.ts';
export type { Secret } from './secret.ts';
export type { CloudFault, CloudOutcome, Pace, Storage, StoredObject } from './storage.ts';
export { createSync } from './sync.ts';
export type { Lane, Sync } from './sync.ts';
