import { ok, type Access as AccessState } from '../../../../preload/index.ts';
import type { Desk } from '../desk.ts';
import { needsSetup, staffLanguageOf } from '../setup.ts';
import { audit, nothing, withGround, type HandlersOf, type Seat } from './handlers.ts';

/** How the window stands: whether it may be worked at. */
export function accessOf(desk: Desk, { session }: Seat): AccessState {
  const ground = desk.ground();
  if (session.isOpen()) return { at: 'signed-in' };
  if (ground === undefined) return { at: 'signed-out', heldForMs: 0 };
  if (needsSetup(ground, desk.config)) return { at: 'setup' };
  return ground.access.hasPin() ? { at: 'signed-out', heldForMs: ground.access.heldForMs() } : { at: 'no-pin' };
}

export const accessHandlers = (desk: Desk, seat: Seat): HandlersOf<'staff'> => ({
  'staff:open': () => ok({ access: accessOf(desk, seat), language: staffLanguageOf(desk), version: desk.version }),

  'staff:sign-in': ({ pin }) =>
    withGround(desk, async ({ access }) => {
      const checked = await access.check(pin);
      if (!checked.ok) {
        if (checked.fault.code === 'staff.wrong-pin') audit(desk, 'staff.wrong-pin');
        if (access.heldForMs() > 0) seat.tellAccess();
        return checked;
      }
      seat.session.begin();
      audit(desk, 'staff.signed-in');
      seat.tellAccess();
      return ok(nothing());
    }),

  'staff:sign-out': () => {
    if (seat.session.isOpen()) audit(desk, 'staff.signed-out');
    seat.session.end();
    seat.tellAccess();
    return ok(nothing());
  },

  'staff:change-pin': ({ pin, newPin }) =>
    withGround(desk, async ({ access }) => {
      const checked = await access.check(pin);
      if (!checked.ok) return checked;
      const set = await access.setPin(newPin);
      if (!set.ok) return set;
      audit(desk, 'staff.pin-changed');
      return ok(nothing());
    }),

  'staff:set-language': ({ language }) =>
    withGround(desk, ({ store }) => {
      const set = store.booth.set('staff-language', language);
      return set.ok ? ok(nothing()) : set;
    }),
});
