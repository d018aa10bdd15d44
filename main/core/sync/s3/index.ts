// A bucket in any store that speaks S3: Amazon's, R2, MinIO, Garage, Ceph. What is sent is checked on its way, large files go on where they were cut off,
// and every error is put into words that the outbox and a person can act on.
export type { CredentialsSource, Patience, S3Credentials } from './connection.ts';
export type { MultipartRecord, MultipartRecords, PartSizes } from './multipart.ts';
export { patienceFor } from './connection.ts';
export { createS3Storage } from './s3Storage.ts';
export type { S3Storage } from './s3Storage.ts';
export { s3SettingsSchema } from './settings.ts';
export type { S3Settings } from './settings.ts';
