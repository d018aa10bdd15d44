import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';
import { createAttempts } from './attempts.ts';

/** Who may come to the staff's desk: whoever knows the PIN. */
export interface Access {
  hasPin(): boolean;
  setPin(pin: string): Promise<Result<void>>;
  /** How long no PIN is looked at, after too many wrong ones. */
  heldForMs: () => number;
  /** @returns staff.no-pin, staff.held-back or staff.wrong-pin; library.* where the try cannot be written down */
  check(pin: string): Promise<Result<void>>;
}

// argon2id, the package's default, as OWASP's password storage cheat sheet has it: 19 MiB, two passes, one lane. Its asynchronous calls run in libuv's thread pool.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** @param now wall clock, ms since 1970 */
export function createAccess({ store, now }: { store: Store; now?: () => number }): Access {
  const attempts = createAttempts(store, now);
  const pinHash = () => store.booth.get('pin', z.string());

  return {
    hasPin: () => pinHash() !== undefined,
    setPin: async (pin) => store.booth.set('pin', await hash(pin, cost)),
    heldForMs: attempts.heldForMs,
    check: async (pin) => {
      const kept = pinHash();
      if (kept === undefined) return fail('staff.no-pin');
      if (attempts.heldForMs() > 0) return fail('staff.held-back');
      const begun = attempts.begin();
      if (!begun.ok) return begun;
      if (!(await verify(kept, pin))) return fail('staff.wrong-pin');
      const succeeded = attempts.succeeded();
      return succeeded.ok ? ok(undefined) : succeeded;
    },
  };
}
