import { fail, staffRequests, type StaffEvents, type StaffMethod, type WallPhoto } from '../../../preload/index.ts';
import type { HostPort } from '../../processes/index.ts';
import { answerPort } from '../windows/index.ts';
import { createClockPhoto } from './clockPhoto.ts';
import type { Desk } from './desk.ts';
import { accessHandlers, accessOf } from './handlers/accessHandlers.ts';
import { eventHandlers } from './handlers/eventHandlers.ts';
import { folderHandlers } from './handlers/folderHandlers.ts';
import { frameHandlers } from './handlers/frameHandlers.ts';
import { audit, type Seat, type StaffHandlers } from './handlers/handlers.ts';
import { healthHandlers } from './handlers/healthHandlers.ts';
import { photoHandlers } from './handlers/photoHandlers.ts';
import { printHandlers } from './handlers/printHandlers.ts';
import { setupHandlers } from './handlers/setupHandlers.ts';
import { sourceHandlers } from './handlers/sourceHandlers.ts';
import { syncHandlers } from './handlers/syncHandlers.ts';
import { visitHandlers } from './handlers/visitHandlers.ts';
import { createSession } from './session.ts';

/** Answers the staff's windows, each over a port of its own and with a session of its own. */
export interface StaffServer {
  /** Until the window closes it; its session ends with it. */
  connect(port: HostPort): void;
  /** Tells every window that has a session. */
  tell<E extends Exclude<keyof StaffEvents, 'access:changed'>>(name: E, payload: StaffEvents[E]): void;
  /** A photo has been searched. */
  photoArrived(photo: WallPhoto): void;
  /** The ground is open now, or the booth has been set up: every window is told how it stands. */
  tellAccess(): void;
}

interface OpenWindow {
  seat: Seat;
  tell: (name: string, payload: unknown) => void;
}

export function createStaffServer(desk: Desk): StaffServer {
  const windows = new Set<OpenWindow>();
  const idleMs = desk.config.staff.sessionMinutes * 60_000;

  const tellAll: StaffServer['tell'] = (name, payload) => {
    for (const { seat, tell } of windows) if (seat.session.isOpen()) tell(name, payload);
  };
  const clock = createClockPhoto(desk, () => tellAll('sources:changed', {}));

  return {
    connect: (port) => {
      const session = createSession({
        idleMs,
        onExpired: () => {
          audit(desk, 'staff.session-expired');
          seat.tellAccess();
        },
      });
      const seat: Seat = { session, tellAccess: () => tell('access:changed', accessOf(desk, seat)) };
      const { tell } = answerPort({
        requests: staffRequests,
        handlers: guarded(desk, seat, {
          ...accessHandlers(desk, seat),
          ...setupHandlers(desk, seat),
          ...frameHandlers(desk),
          ...photoHandlers(desk),
          ...sourceHandlers(desk, clock),
          ...visitHandlers(desk),
          ...printHandlers(desk),
          ...syncHandlers(desk),
          ...healthHandlers(desk),
          ...eventHandlers(desk),
          ...folderHandlers(),
        }),
        port,
        log: desk.log,
        onClose: () => {
          session.end();
          windows.delete(window);
        },
      });
      const window: OpenWindow = { seat, tell };
      windows.add(window);
    },

    tell: tellAll,
    photoArrived: (photo) => {
      tellAll('wall:photo', photo);
      clock.look(photo.id).catch((error: unknown) => desk.log.error({ err: error }, 'a photo of the clock'));
    },

    tellAccess: () => {
      for (const { seat } of windows) seat.tellAccess();
    },
  };
}

/** What a window may ask before anybody has signed in there. */
const openToAll: ReadonlySet<StaffMethod> = new Set(['staff:open', 'staff:sign-in', 'staff:sign-out']);
/** Asked by itself, again and again, while a view is shown: not a sign that anybody is there. */
const byItself: ReadonlySet<StaffMethod> = new Set([
  'frame:open',
  'health:open',
  'log:tail',
  'prints:open',
  'queue:open',
  'visits:today',
  'sources:open',
  'sync:open',
  'transfer:open',
]);
const setupMethods = (method: string): boolean =>
  method.startsWith('setup:') || method === 'folders:list' || method === 'staff:set-language';

/** The handlers, each behind the session that it needs. */
function guarded(desk: Desk, seat: Seat, handlers: StaffHandlers): StaffHandlers {
  const mayAnswer = (method: StaffMethod): boolean => {
    if (openToAll.has(method)) return true;
    if (accessOf(desk, seat).at === 'setup') return setupMethods(method);
    return byItself.has(method) ? seat.session.isOpen() : seat.session.touch();
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const method = name as StaffMethod;
      const answer = handler as (request: unknown) => unknown;
      if (method.startsWith('setup:')) {
        return [
          method,
          (request: unknown) => (mayAnswer(method) && !seat.session.isOpen() ? answer(request) : fail('setup.done')),
        ];
      }
      return [method, (request: unknown) => (mayAnswer(method) ? answer(request) : fail('staff.signed-out'))];
    }),
  ) as StaffHandlers;
}
