import os from 'node:os';

/**
 * Answers each message of the parent, one after the other; says `ready` to begin with. For processes of a team (team.ts).
 *
 * @param isInBackground as the product's workers for photos, so that whatever else runs is in the way of all alike
 */
export function answer(work: (question: unknown) => Promise<unknown>, isInBackground = true): void {
  if (isInBackground) os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  let last = Promise.resolve();
  process.on('message', (question: unknown) => {
    last = last.then(async () => void process.send?.((await work(question)) ?? null));
  });
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}
