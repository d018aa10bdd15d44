import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Store } from '../store/index.ts';

/** What lets the booth in somewhere: from the environment, or given by staff and sealed under the booth's master key. */
export interface Secret<T> {
  /** Where it is from. */
  source(): 'environment' | 'staff' | 'nowhere';
  get(): T | undefined;
  /** @returns keys.locked, keys.lost */
  set(secret: T): Result<void>;
}

/** @param deps.given by the environment: it goes before; what the schema does not take was not given */
export function createSecret<S extends z.ZodType>({
  name,
  schema,
  given: fromEnvironment,
  store: { booth },
  keys,
}: {
  /** Under which it is kept, and of which it is: another opens nothing. */
  name: string;
  schema: S;
  given: unknown;
  store: Pick<Store, 'booth'>;
  keys: Pick<Keys, 'sealer' | 'state'>;
}): Secret<z.output<S>> {
  const given = schema.safeParse(fromEnvironment).data;

  function unsealed(): z.output<S> | undefined {
    const sealed = booth.get(name, z.base64());
    const plain = sealed === undefined ? undefined : keys.sealer()?.unseal(name, Buffer.from(sealed, 'base64'));
    return plain && schema.parse(JSON.parse(plain.toString()));
  }
  const get = () => given ?? unsealed();

  return {
    source: () => {
      if (given !== undefined) return 'environment';
      return get() === undefined ? 'nowhere' : 'staff';
    },
    get,
    set: (secret) => {
      const sealer = keys.sealer();
      if (sealer === undefined) return fail(keys.state() === 'locked' ? 'keys.locked' : 'keys.lost');
      const set = booth.set(name, sealer.seal(name, Buffer.from(JSON.stringify(secret))).toString('base64'));
      return set.ok ? ok(undefined) : set;
    },
  };
}
