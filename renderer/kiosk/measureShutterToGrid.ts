import { shutterMark } from './journey/index.ts';

/**
 * Measures what a guest waits for: from the last frame's capture until the first screenful of photos is decoded and painted. The bench
 * reads the measure. A grid that no shot led to is not measured.
 */
export async function measureShutterToGrid(grid: HTMLElement): Promise<void> {
  if (performance.getEntriesByName(shutterMark).length === 0) return;
  const pictures = await inSight([...grid.querySelectorAll('img')]);
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  // The first call is before the next painting, the second after it.
  await nextFrame();
  await nextFrame();
  if (performance.getEntriesByName(shutterMark).length === 0) return;
  performance.measure('shutter-to-grid', shutterMark);
  performance.clearMarks(shutterMark);
}

/** Those that are not cut off by what they scroll in: pictures further down are loaded when they come into sight, and not before. */
const inSight = (pictures: readonly HTMLImageElement[]): Promise<HTMLImageElement[]> =>
  new Promise((resolve) => {
    if (pictures.length === 0) resolve([]);
    // Its first call is about all of them.
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      const seen = new Set(entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target));
      resolve(pictures.filter((picture) => seen.has(picture)));
    });
    for (const picture of pictures) observer.observe(picture);
  });

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
