/**
 * What the set-up tells the person who waits for it. All of it goes to stderr: stdout belongs to the command that was asked for.
 * On a terminal the progress of a task rewrites its line; in a log it is a line now and then.
 */
const SECONDS_BETWEEN_LOG_LINES = 15;
const isTerminal = Boolean(process.stderr.isTTY);

/** @param {string} text */
export function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/**
 * Announces a task, shows how it gets on while `work` runs, and how long it took.
 *
 * @template T
 * @param {string} text what is being done, as in "building the native module"
 * @param {(progress: (detail: string) => void) => Promise<T>} work
 * @param {(result: T) => string} [verdict] what to call the outcome, where it is not simply done
 * @returns {Promise<T>}
 */
export async function task(text, work, verdict = () => 'done') {
  const startedMs = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  let detail = '';
  let nextLineAtS = SECONDS_BETWEEN_LOG_LINES;

  const tick = () => {
    const line = `${text}: ${detail === '' ? '' : `${detail}, `}${elapsed()}`;
    if (isTerminal) process.stderr.write(`\r\x1b[Ksetup: ${line}`);
    else if (Date.now() - startedMs >= nextLineAtS * 1000) {
      nextLineAtS += SECONDS_BETWEEN_LOG_LINES;
      say(`  ${line}`);
    }
  };

  if (isTerminal) tick();
  else say(text);
  const timer = setInterval(tick, isTerminal ? 250 : 1000);
  try {
    const result = await work((now) => (detail = now));
    const outcome = `${verdict(result)} in ${elapsed()}`;
    if (isTerminal) process.stderr.write(`\r\x1b[Ksetup: ${text}: ${outcome}\n`);
    else say(`  ${outcome}`);
    return result;
  } catch (error) {
    if (isTerminal) process.stderr.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
