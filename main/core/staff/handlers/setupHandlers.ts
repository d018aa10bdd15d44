import { ok } from '../../../../preload/index.ts';
import { badCheck, checkUp } from '../../health/index.ts';
import type { Desk } from '../desk.ts';
import { cameraChoiceOf, goBack, progressOf, staffLanguageOf, takeAnswer } from '../setup.ts';
import { audit, nothing, withGround, type HandlersOf, type Seat } from './handlers.ts';

export const setupHandlers = (desk: Desk, seat: Seat): HandlersOf<'setup'> => ({
  'setup:open': () =>
    withGround(desk, ({ store, keys }) => {
      const { step, folder, event } = progressOf(store);
      return ok({
        step,
        language: staffLanguageOf(desk),
        camera: cameraChoiceOf(store) ?? { rotationDegrees: 0 as const },
        ...(folder === undefined ? {} : { folder }),
        ...(event === undefined ? {} : { event }),
        protection: keys.protection(),
      });
    }),

  'setup:answer': (answer) =>
    withGround(desk, async (ground) => {
      const taken = await takeAnswer(ground, answer);
      if (!taken.ok) return taken;
      if (answer.step === 'pin') {
        audit(desk, 'booth.set-up');
        seat.session.begin();
        seat.tellAccess();
      }
      desk.refresh();
      return ok(nothing());
    }),

  'setup:back': () =>
    withGround(desk, ({ store }) => {
      const gone = goBack(store);
      return gone.ok ? ok(nothing()) : gone;
    }),

  'setup:checks': () =>
    withGround(desk, async ({ keys }) => {
      const { by } = keys.protection();
      const checks = await checkUp(desk);
      const keysCheck =
        by === 'none'
          ? badCheck('keys', { code: 'keys.unprotected' })
          : { name: 'keys' as const, state: 'ok' as const, found: by };
      return ok([...checks, keysCheck]);
    }),
});
