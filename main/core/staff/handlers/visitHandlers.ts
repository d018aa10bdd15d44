import { ok } from '../../../../preload/index.ts';
import type { Desk } from '../desk.ts';
import { audited, nothing, withServices, type HandlersOf } from './handlers.ts';

/** What is erased here is put on record where it is erased. */
export const visitHandlers = (desk: Desk): HandlersOf<'visits'> => ({
  'visits:today': () => withServices(desk, ({ visits }) => ok(visits.today())),
  'visits:name': ({ visitId, name }) =>
    withServices(desk, ({ visits }) => audited(desk, visits.name(visitId, name), 'visit.named', {}, nothing)),
  'visits:withdraw-link': ({ visitId }) =>
    withServices(desk, ({ visits }) =>
      audited(desk, visits.withdrawLink(visitId), 'visit.link-withdrawn', {}, nothing),
    ),
  'visits:erase': ({ visitId, withFaces }) =>
    withServices(desk, ({ visits }) => visits.erase(visitId, withFaces, 'staff')),
  'visits:erase-code': ({ code, withFaces }) => withServices(desk, ({ visits }) => visits.eraseByCode(code, withFaces)),
});
