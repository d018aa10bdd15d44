import { z } from 'zod';
import type { Keys } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import { createSecret, type Secret } from './secret.ts';

/** By whom the cloud knows the booth. */
const cloudKeySchema = z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });
export type CloudKey = z.infer<typeof cloudKeySchema>;

const wordSchema = z.string().min(1);

interface Ground {
  store: Pick<Store, 'booth'>;
  keys: Pick<Keys, 'sealer' | 'state'>;
  env: NodeJS.ProcessEnv;
}

/** Keeps the key to the cloud. */
export type KeyRing = Secret<CloudKey>;

export const createKeyRing = ({ env, ...ground }: Ground): KeyRing =>
  createSecret({
    ...ground,
    name: 'cloud-key',
    schema: cloudKeySchema,
    given: { accessKeyId: env['FINDME_CLOUD_KEY_ID'], secretAccessKey: env['FINDME_CLOUD_KEY'] },
  });

/** What the mail server knows the booth by, beside its name. */
export const createMailPassword = ({ env, ...ground }: Ground): Secret<string> =>
  createSecret({ ...ground, name: 'mail-password', schema: wordSchema, given: env['FINDME_MAIL_PASSWORD'] });

/** By what a FindMe service lets the booth in. */
export const createFindmeToken = ({ env, ...ground }: Ground): Secret<string> =>
  createSecret({ ...ground, name: 'findme-token', schema: wordSchema, given: env['FINDME_API_TOKEN'] });
