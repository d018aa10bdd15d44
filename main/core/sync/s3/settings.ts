import { bucketSchema, type BucketSettings } from '../../../../preload/index.ts';
import { isSecureUrl } from '../ownNetwork.ts';

/** Which bucket, and what its store is able to do: a part of the settings file. */
export const s3SettingsSchema = bucketSchema;
export type S3Settings = BucketSettings;

/** Whether what is sent there stays secret on its way, or in one's own network. */
export function isSecure({ endpoint }: Pick<S3Settings, 'endpoint'>): boolean {
  return endpoint === undefined || isSecureUrl(endpoint);
}
