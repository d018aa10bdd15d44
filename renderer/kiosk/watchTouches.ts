/** Who wants to know that someone is there. */
export interface Watcher {
  touched: () => void;
  stay: () => void;
}

/**
 * Every touch and key counts as the guest's. A finger that comes down takes no question away that it may be about to answer with "leave";
 * once the touch is over and the guest is still there, it was a "stay".
 */
export function watchTouches(page: EventTarget, { touched, stay }: Watcher): void {
  for (const kind of ['pointerdown', 'wheel', 'keydown']) {
    page.addEventListener(kind, touched, { capture: true, passive: true });
  }
  page.addEventListener('click', stay);
}
