import type { Logger } from 'pino';
import type { CloudOutcome } from '../storage.ts';
import type { IfNoneMatch, Seen } from './bucket.ts';
import { isNotImplemented, isPreconditionFailed } from './outcomes.ts';
import type { S3Settings } from './settings.ts';

export const done: CloudOutcome = { at: 'done' };

/**
 * Puts a thing where only that very thing may be, so that a second try, after the first was done and its answer lost, doubles nothing. The store
 * looks itself, if it can (If-None-Match, RFC 9110, section 13.1.2); otherwise we look first.
 *
 * @param look at what is there
 * @param write what is to be there
 */
export type WriteOnce = (
  key: string,
  look: () => Promise<Seen>,
  write: (ifNoneMatch: IfNoneMatch) => Promise<void>,
) => Promise<CloudOutcome>;

export function createWriteOnce(deps: { setting: S3Settings['conditionalWrites']; log: Logger }): WriteOnce {
  const { setting, log } = deps;
  let isAskedOfStore = setting !== 'off';

  return async (key, look, write) => {
    if (isAskedOfStore) {
      try {
        await write('*');
        return done;
      } catch (error) {
        if (isPreconditionFailed(error)) return outcomeOfSeen(key, await look());
        if (setting === 'on' || !isNotImplemented(error)) throw error;
        isAskedOfStore = false;
        log.info('the cloud storage does not know If-None-Match: looked for first from now on');
      }
    }
    if ((await look()) === 'same') return done;
    await write(undefined);
    return done;
  };
}

function outcomeOfSeen(key: string, seen: Seen): CloudOutcome {
  if (seen === 'same') return done;
  if (seen === 'other') return { at: 'refused', code: 'cloud.failed', detail: `something else lies at ${key}` };
  return { at: 'later', code: 'cloud.failed', detail: `what lay at ${key} was taken away meanwhile` };
}
