import {
  fail,
  ok,
  type Kiosk,
  type KioskMethod,
  type KioskReply,
  type KioskRequest,
  type KioskRequests,
} from '../../../preload/index.ts';
import type { z } from 'zod';
import type { BoothEvent } from '../events/index.ts';
import { photoFor, type Visits } from '../guests/index.ts';
import type { Printing } from '../printing/index.ts';
import type { Store } from '../store/index.ts';

/** What there is once the engine is ready. */
export interface Services {
  visits: Visits;
  store: Store;
  eventId: number;
  /** undefined where nothing is printed. */
  printing: Printing | undefined;
}

/** One function a method; the request has been validated. */
export type KioskHandlers = {
  [M in KioskMethod]: (request: z.output<KioskRequests[M]['request']>) => KioskReply<M> | Promise<KioskReply<M>>;
};

/**
 * The handlers of one window. A visit belongs to the window that began it: another cannot so much as end it.
 *
 * @param deps.services undefined while no guest can be served
 * @param deps.ownVisits ids of the window's visits, and who knows them; kept up to date
 */
export function createHandlers(deps: {
  kiosk: () => Kiosk;
  /** The event that the booth stands at. */
  event: () => BoothEvent | undefined;
  services: () => Services | undefined;
  ownVisits: Map<string, Visits>;
  /** The address of a gallery; undefined where phones do not get here. */
  galleryUrlOf: (token: string) => string | undefined;
  onCamera: (camera: KioskRequest<'camera:state'>['camera']) => void;
}): KioskHandlers {
  const { kiosk, event, services, ownVisits, galleryUrlOf, onCamera } = deps;

  /** There is one guest before a window: whoever was there until now has left, whatever became of the window's word on it. */
  const onlyVisit = (visits: Visits, visitId: string) => {
    for (const [id, of] of ownVisits) of.end(id);
    ownVisits.clear();
    ownVisits.set(visitId, visits);
  };
  /** Counts the beginnings: one that took so long that another has come since is nobody's. */
  let beginnings = 0;
  const withEngine = <T>(work: (ready: Services) => T) => {
    const ready = services();
    return ready === undefined ? fail('engine.starting') : work(ready);
  };
  const withVisit = <T>(visitId: string, work: (visits: Visits) => T) =>
    withEngine(({ visits }) => (ownVisits.get(visitId) === visits ? work(visits) : fail('visit.unknown')));
  const withPrinting = <T>(visitId: string, work: (printing: Printing, of: BoothEvent, visits: Visits) => T) =>
    withEngine(({ visits, printing, eventId }) => {
      const of = event();
      if (ownVisits.get(visitId) !== visits) return fail('visit.unknown');
      if (printing === undefined || kiosk().print === undefined || of?.id !== eventId) return fail('print.off');
      return work(printing, of, visits);
    });
  const withBrowsing = <T>(work: (ready: Services) => T) => (kiosk().mayBrowse ? withEngine(work) : fail('browse.off'));

  async function share(visits: Visits, visitId: string): Promise<KioskReply<'visit:share'>> {
    const { phones, home: galleries } = kiosk();
    if (galleries === undefined) {
      if (phones === undefined) return fail('phones.unreachable');
      if (!phones.mayShare) return fail('phones.off');
    }
    const shared = await visits.share(visitId);
    if (!shared.ok) return shared;
    const { token, home, ...code } = shared.value;
    const url = phones?.mayShare === true ? galleryUrlOf(token) : undefined;
    const here = phones && url !== undefined ? { url, shortAddress: phones.shortAddress } : undefined;
    if (here === undefined && home === undefined) return fail('phones.unreachable');
    return ok({ ...(here && { here }), ...(home && { home }), ...code });
  }

  return {
    'kiosk:open': () => ok(kiosk()),

    'visit:begin': ({ language, consentVersion }) =>
      withEngine(({ visits }) => {
        beginnings += 1;
        const begun = visits.begin(language, consentVersion);
        if (begun.ok) onlyVisit(visits, begun.value.visitId);
        return begun;
      }),
    'guide:check': ({ visitId, frame, subjects }) =>
      withVisit(visitId, (visits) => visits.check(visitId, frame, subjects)),
    'selfie:frame': ({ visitId, shot, frame, subjects }) =>
      withVisit(visitId, (visits) => visits.addFrame(visitId, shot, frame, subjects)),
    'selfie:search': ({ visitId, shot }) => withVisit(visitId, (visits) => visits.search(visitId, shot)),
    'visit:answer': ({ visitId, photoId, isMe }) =>
      withVisit(visitId, (visits) => visits.answer(visitId, photoId, isMe)),
    'visit:keep': ({ visitId }) => withVisit(visitId, (visits) => visits.keep(visitId)),
    'visit:share': ({ visitId }) => withVisit(visitId, (visits) => share(visits, visitId)),
    'print:allowance': ({ visitId }) =>
      withPrinting(visitId, (printing, of, visits) => {
        const record = visits.recordFor(visitId, []);
        return record.ok ? ok(printing.allowance(of, record.value)) : record;
      }),
    'print:page': ({ visitId, templateId, photoIds }) =>
      withPrinting(visitId, async (printing, of, visits) => {
        const record = visits.recordFor(visitId, photoIds);
        if (!record.ok) return record;
        const isOffered = kiosk().print?.templates.some(({ id }) => id === templateId) === true;
        if (!isOffered) return fail('print.template-unknown');
        if (printing.template(templateId)?.hasLink !== true)
          return printing.page(of, record.value, { templateId, photoIds });
        const offered = await visits.offerShare(visitId);
        if (!offered.ok) return offered;
        const { token, home, code } = offered.value;
        // A sheet is looked at for years: it leads to where the photos are found from anywhere.
        const url = home?.url ?? galleryUrlOf(token);
        if (url === undefined) return fail('phones.unreachable');
        return printing.page(of, record.value, { templateId, photoIds, link: { url, code } });
      }),
    'print:order': ({ visitId, ...wanted }) =>
      withPrinting(visitId, async (printing, of, visits) => {
        const record = visits.recordFor(visitId, []);
        if (!record.ok) return record;
        // What stands on it is to open the gallery from now on.
        const isLinked = printing.pageLinks(of, record.value, wanted.pageId);
        const shared = isLinked ? await share(visits, visitId) : undefined;
        return shared?.ok === false ? shared : printing.order(of, record.value, wanted);
      }),
    'visit:resume': ({ code }) =>
      withEngine(async ({ visits }) => {
        beginnings += 1;
        const beginning = beginnings;
        const resumed = await visits.resume(code);
        if (!resumed.ok) return resumed;
        // Nobody waits for it any more, or the booth stands at another event.
        if (beginning !== beginnings || services()?.visits !== visits) {
          visits.end(resumed.value.visitId);
          return fail('visit.unknown');
        }
        onlyVisit(visits, resumed.value.visitId);
        return resumed;
      }),
    'visit:erase': ({ visitId, withFaces }) =>
      withVisit(visitId, async (visits) => {
        const erased = await visits.erase(visitId, withFaces, 'guest');
        if (erased.ok) ownVisits.delete(visitId);
        return erased;
      }),
    'visit:end': ({ visitId }) => {
      ownVisits.get(visitId)?.end(visitId);
      ownVisits.delete(visitId);
      return ok({});
    },

    'camera:state': ({ camera }) => {
      onCamera(camera);
      return ok({});
    },

    'browse:hours': () => withBrowsing(({ store, eventId }) => ok(store.photos.hours(eventId))),
    'browse:photos': ({ hour, offset, limit }) =>
      withBrowsing(({ store, eventId }) =>
        ok(store.photos.shownOfHour(eventId, hour, { offset, limit }).map(photoFor)),
      ),
  };
}
