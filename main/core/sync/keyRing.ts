import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Store } from '../store/index.ts';

/** By whom the cloud knows the booth. */
const cloudKeySchema = z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });
export type CloudKey = z.infer<typeof cloudKeySchema>;

/** Keeps the key to the cloud: from the environment, or given by staff and sealed under the booth's master key. */
export interface KeyRing {
  /** Where it is from. */
  source(): 'environment' | 'staff' | 'nowhere';
  get(): CloudKey | undefined;
  /** @returns keys.locked, keys.lost */
  set(key: CloudKey): Result<void>;
}

const sealedName = 'cloud-key';

export function createKeyRing({
  store: { booth },
  keys,
  env,
}: {
  store: Pick<Store, 'booth'>;
  keys: Keys;
  env: NodeJS.ProcessEnv;
}): KeyRing {
  const given = cloudKeySchema.safeParse({
    accessKeyId: env['FINDME_CLOUD_KEY_ID'],
    secretAccessKey: env['FINDME_CLOUD_KEY'],
  }).data;

  function unsealed(): CloudKey | undefined {
    const sealed = booth.get(sealedName, z.base64());
    const plain = sealed === undefined ? undefined : keys.sealer()?.unseal(sealedName, Buffer.from(sealed, 'base64'));
    return plain && cloudKeySchema.parse(JSON.parse(plain.toString()));
  }
  const get = () => given ?? unsealed();

  return {
    source: () => {
      if (given !== undefined) return 'environment';
      return get() === undefined ? 'nowhere' : 'staff';
    },
    get,
    set: (key) => {
      const sealer = keys.sealer();
      if (sealer === undefined) return fail(keys.state() === 'locked' ? 'keys.locked' : 'keys.lost');
      const set = booth.set(sealedName, sealer.seal(sealedName, Buffer.from(JSON.stringify(key))).toString('base64'));
      return set.ok ? ok(undefined) : set;
    },
  };
}
