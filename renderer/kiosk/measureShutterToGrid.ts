import { shutterMark } from './journey/index.ts';

/**
 * Measures what a guest waits for: from the last frame's capture until the first screenful of photos is decoded and painted. The bench
 * reads the measure. A grid that no shot led to is not measured.
 */
export async function measureShutterToGrid(grid: HTMLElement): Promise<void> {
  if (performance.getEntriesByName(shutterMark).length === 0) return;
  const visible = [...grid.querySelectorAll('img')].filter((picture) => isInSight(picture.getBoundingClientRect()));
  await Promise.allSettled(visible.map((picture) => picture.decode()));
  // The first call is before the next painting, the second after it.
  await nextFrame();
  await nextFrame();
  if (performance.getEntriesByName(shutterMark).length === 0) return;
  performance.measure('shutter-to-grid', shutterMark);
  performance.clearMarks(shutterMark);
}

const isInSight = ({ top, bottom, left, right }: DOMRect): boolean =>
  bottom > 0 && right > 0 && top < window.innerHeight && left < window.innerWidth;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
