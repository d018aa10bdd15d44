// Where staff rest a finger, and for how long; nothing is to be seen there.
const cornerPx = 96;
const restMs = 2_000;
// A finger that rests is never quite still.
const tremblePx = 24;

/**
 * Opens the staff's window for a finger that rests in the top left corner, or Ctrl+Shift+S. What lies beneath is not touched by a finger that has rested.
 *
 * @param page the window
 */
export function watchStaffCorner(page: EventTarget, openStaff: () => void): void {
  let resting: { id: number; x: number; y: number; timer: ReturnType<typeof setTimeout> } | undefined;
  let hasOpened = false;

  const lift = () => {
    clearTimeout(resting?.timer);
    resting = undefined;
  };

  page.addEventListener(
    'pointerdown',
    (event) => {
      lift();
      hasOpened = false;
      const { pointerId: id, clientX: x, clientY: y } = event as PointerEvent;
      if (x >= cornerPx || y >= cornerPx) return;
      const timer = setTimeout(() => {
        lift();
        hasOpened = true;
        openStaff();
      }, restMs);
      resting = { id, x, y, timer };
    },
    { capture: true, passive: true },
  );
  page.addEventListener('pointermove', (event) => {
    const { pointerId, clientX, clientY } = event as PointerEvent;
    if (resting?.id !== pointerId) return;
    if (Math.hypot(clientX - resting.x, clientY - resting.y) > tremblePx) lift();
  });
  for (const kind of ['pointerup', 'pointercancel']) page.addEventListener(kind, lift);
  page.addEventListener(
    'click',
    (event) => {
      if (!hasOpened) return;
      hasOpened = false;
      event.stopPropagation();
      event.preventDefault();
    },
    { capture: true },
  );
  page.addEventListener('keydown', (event) => {
    const { ctrlKey, shiftKey, code } = event as KeyboardEvent;
    if (ctrlKey && shiftKey && code === 'KeyS') openStaff();
  });
}
