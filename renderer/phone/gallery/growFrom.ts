import type { CSSProperties } from 'react';

/**
 * Where a photo's tile lies in the page, as the style that a picture in the middle of the screen grows with.
 *
 * @returns undefined where the tile is not to be seen: then the picture is simply there
 */
export const growFrom = (page: Document, photoId: number): CSSProperties | undefined => {
  const view = page.documentElement;
  const tile = page.querySelector(`[data-photo="${String(photoId)}"]`)?.getBoundingClientRect();
  if (tile === undefined || tile.width === 0 || tile.bottom < 0 || tile.top > view.clientHeight) return undefined;
  return {
    '--from-x': `${String(tile.left + tile.width / 2 - view.clientWidth / 2)}px`,
    '--from-y': `${String(tile.top + tile.height / 2 - window.innerHeight / 2)}px`,
    '--from-scale': tile.width / view.clientWidth,
  };
};
