/** The token --calm, where an animation is made by script: 0 with reduced motion. A build may have written it in seconds. */
const calmMs = (): number => {
  const duration = getComputedStyle(document.documentElement).getPropertyValue('--calm').trim();
  return Number.parseFloat(duration) * (duration.endsWith('ms') ? 1 : 1000);
};

/** @returns the tile of a photo where it lies now, if it is to be seen */
const tileOf = (photoId: number): DOMRect | undefined => {
  const tile = document.querySelector(`[data-photo="${String(photoId)}"]`)?.getBoundingClientRect();
  const isSeen = tile !== undefined && tile.bottom > 0 && tile.top < innerHeight && tile.width > 0;
  return isSeen ? tile : undefined;
};

const fromTile = (tile: DOMRect, picture: DOMRect): string => {
  const scale = Math.max(tile.width / picture.width, tile.height / picture.height);
  const x = tile.left + tile.width / 2 - (picture.left + picture.width / 2);
  const y = tile.top + tile.height / 2 - (picture.top + picture.height / 2);
  return `translate(${String(x)}px, ${String(y)}px) scale(${String(scale)})`;
};

/**
 * Lets a picture grow out of its photo's tile, or back into it.
 *
 * @returns when it has arrived; at once where there is no tile in sight
 */
export const grow = async (picture: Element, photoId: number, way: 'out' | 'back'): Promise<void> => {
  const tile = tileOf(photoId);
  const place = picture.getBoundingClientRect();
  // A picture that has no place yet has no size to grow to.
  if (tile === undefined || place.width === 0 || place.height === 0) return;
  const steps = [{ transform: fromTile(tile, place) }, { transform: 'none' }];
  await picture.animate(way === 'out' ? steps : steps.reverse(), {
    duration: calmMs(),
    easing: 'cubic-bezier(0.2, 0, 0, 1)',
    fill: way === 'out' ? 'none' : 'forwards',
  }).finished;
};
