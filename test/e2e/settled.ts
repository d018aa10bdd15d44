import type { Page } from 'playwright-core';

/** As long as nothing is drawn anew, a page waits for nothing that it has asked core for. */
const restMs = 350;
const everyMs = 30;

/**
 * Waits until what unfolds on a page has done so: no element comes or changes, none moves, no picture is still to come. What breathes for ever
 * does not count; and where the page never rests, as with a camera's picture or a clock, the limit is all the time that it gets.
 */
export async function settled(page: Page, limitMs: number): Promise<void> {
  await page.evaluate(
    async ([rest, every, limit]) => {
      const startMs = performance.now();
      let changedAtMs = startMs;
      const watch = new MutationObserver(() => (changedAtMs = performance.now()));
      watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      for (let nowMs = startMs; nowMs - changedAtMs < rest && nowMs - startMs < limit; nowMs = performance.now()) {
        await new Promise((resolve) => setTimeout(resolve, every));
        const isMoving = document
          .getAnimations()
          .some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
        const isLoading = document.fonts.status === 'loading' || [...document.images].some(({ complete }) => !complete);
        if (isMoving || isLoading) changedAtMs = performance.now();
      }
      watch.disconnect();
    },
    [restMs, everyMs, limitMs] as const,
  );
}
