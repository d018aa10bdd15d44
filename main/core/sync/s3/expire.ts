import type { CloudOutcome } from '../storage.ts';
import type { BucketSelf } from './bucketSelf.ts';
import { factsOf, isNotImplemented } from './outcomes.ts';
import { done } from './once.ts';
import { lapses, withExpiry } from './rules.ts';

type Refusal = Exclude<CloudOutcome, { at: 'done' }>;

/** @param prefix of keys, as they are in the bucket */
export type Expire = (prefix: string, days: number) => Promise<CloudOutcome>;

/**
 * @param deps.wholePrefix of all that we have in the bucket
 * @param deps.outcomeOf what an error means, with nothing secret in it
 */
export function createExpire(deps: {
  bucket: Pick<BucketSelf, 'rules' | 'setRules'>;
  wholePrefix: string;
  outcomeOf: (error: unknown) => Refusal;
}): Expire {
  const { bucket, wholePrefix, outcomeOf } = deps;
  let last: Promise<unknown> = Promise.resolve();

  async function expire(prefix: string, days: number): Promise<CloudOutcome> {
    const expiry = { prefix, days };
    try {
      const listed = await bucket.rules();
      if (lapses(listed.rules, expiry)) return done;
      const { whole, least } = withExpiry(listed, expiry, wholePrefix);
      try {
        await bucket.setRules(whole, listed);
      } catch (error) {
        // MinIO takes no rule against uploads that nobody ends, because it ends them by itself.
        if (whole === least || !isNotTaken(error)) throw error;
        await bucket.setRules(least, listed);
      }
      // Some say that they took it, and go on without.
      return lapses((await bucket.rules()).rules, expiry) ? done : refused('not among the rules that were written');
    } catch (error) {
      const outcome = outcomeOf(error);
      return isNotTaken(error) || isForbidden(error, outcome) ? refused(outcome.detail) : outcome;
    }
  }

  return (prefix, days) => {
    // Each reads all rules and writes them all: of two at the same time one would be lost.
    const next = last.then(() => expire(prefix, days));
    last = next;
    return next;
  };
}

const refused = (detail: string): CloudOutcome => ({ at: 'refused', code: 'cloud.no-expiry', detail });

/** The store understood, and does not take what is written. */
const isNotTaken = (error: unknown): boolean => {
  const { name, status } = factsOf(error);
  return isNotImplemented(error) || refusals.has(name) || status === 405;
};

const refusals: ReadonlySet<string> = new Set([
  'MethodNotAllowed',
  'MalformedXML',
  'InvalidArgument',
  'InvalidRequest',
]);

/** Not from this key; a key that is nobody's is another matter. */
const isForbidden = (error: unknown, { code }: Refusal): boolean => {
  const { name, status } = factsOf(error);
  return code === 'cloud.not-allowed' && status === 403 && !wrongKeys.has(name);
};

const wrongKeys: ReadonlySet<string> = new Set([
  ...['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken', 'InvalidSecurity'],
  ...['AccountProblem', 'AllAccessDisabled', 'NotSignedUp'],
]);
