import { expect, it } from 'vitest';
import { watchTouches } from '../../renderer/kiosk/watchTouches.ts';

it('touches, keys and wheels count at once; a stay is only what was touched to its end', () => {
  const page = new EventTarget();
  const noticed: string[] = [];
  watchTouches(page, { touched: () => noticed.push('touched'), stay: () => noticed.push('stay') });
  for (const kind of ['pointerdown', 'click', 'keydown', 'wheel', 'pointermove']) page.dispatchEvent(new Event(kind));
  expect(noticed).toEqual(['touched', 'stay', 'touched', 'touched']);
});
