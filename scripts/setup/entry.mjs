/** How every script here ends: with the exit code of its work, or with what a person can act on instead of a stack. */
import { Interrupted } from './exec.mjs';
import { say } from './say.mjs';
import { SetupError } from './setupError.mjs';

/** What the operating system refuses is no bug of ours, and its own words are plain enough. */
const SYSTEM_REFUSALS = new Set(['EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'EROFS']);

/** @param {() => Promise<number>} work gives the exit code */
export async function entry(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SetupError) say(`${error.message}\n  To mend it: ${error.mend}`);
    else if (error instanceof Interrupted) {
      say('interrupted; what is complete is kept');
      process.exitCode = error.signal === 'SIGINT' ? 130 : 143;
    } else if (isRefusal(error))
      say(`${error.message}\n  To mend it: free space or correct permissions there, then npm run setup`);
    else throw error;
  }
}

/**
 * @param {unknown} error
 * @returns {error is NodeJS.ErrnoException}
 */
function isRefusal(error) {
  return error instanceof Error && SYSTEM_REFUSALS.has(/** @type {NodeJS.ErrnoException} */ (error).code ?? '');
}
