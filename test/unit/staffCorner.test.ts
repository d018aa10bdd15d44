import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchStaffCorner } from '../../renderer/kiosk/watchStaffCorner.ts';

let page: EventTarget;
let openStaff: () => void;
let touched: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  openStaff = vi.fn();
  touched = vi.fn();
  watchStaffCorner(page, openStaff);
  page.addEventListener('click', touched);
});
afterEach(() => {
  vi.useRealTimers();
});

const point = (kind: string, x = 20, y = 20) =>
  page.dispatchEvent(Object.assign(new Event(kind, { cancelable: true }), { pointerId: 1, clientX: x, clientY: y }));

it('opens for a finger that rests in the corner, and touches nothing beneath', () => {
  point('pointerdown');
  vi.advanceTimersByTime(1_000);
  point('pointermove', 25, 25);
  vi.advanceTimersByTime(999);
  expect(openStaff).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(openStaff).toHaveBeenCalledOnce();
  point('pointerup');
  point('click');
  // The corner stands before all that is in the page, and takes this one touch.
  point('pointerdown', 300, 300);
  point('click');
  expect(openStaff).toHaveBeenCalledOnce();
});

it('does not open for a tap, a swipe, or a finger elsewhere', () => {
  point('pointerdown');
  vi.advanceTimersByTime(500);
  point('pointerup');
  vi.advanceTimersByTime(5_000);
  point('click');
  expect(touched).toHaveBeenCalledOnce();
  point('pointerdown');
  point('pointermove', 80, 20);
  vi.advanceTimersByTime(5_000);
  point('pointerdown', 20, 400);
  vi.advanceTimersByTime(5_000);
  expect(openStaff).not.toHaveBeenCalled();
});

it('opens for its keys', () => {
  page.dispatchEvent(Object.assign(new Event('keydown'), { ctrlKey: true, shiftKey: true, code: 'KeyS' }));
  expect(openStaff).toHaveBeenCalledOnce();
});
