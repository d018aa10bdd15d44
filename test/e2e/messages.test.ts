import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kioskRequests, type KioskMethod } from '../../preload/index.ts';
import { eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import type { Booth } from './driver.ts';
import { hashOf } from './event.ts';
import { createGuest } from './guest.ts';
import { firstId, openLine, type Line } from './line.ts';
import { valueOf } from '../fixtures/core.ts';
import { setStage } from './stage.ts';

const methods = Object.keys(kioskRequests) as KioskMethod[];
const refused = { ok: false, fault: { code: 'message.invalid' } };
const uuid = '00000000-0000-4000-8000-000000000000';

/** A request of each kind that the contract allows, as far as JSON can say it. */
const examples: Record<KioskMethod, Record<string, unknown>> = {
  'kiosk:open': {},
  'visit:begin': { language: 'fr', consentVersion: 'as it was shown' },
  'guide:check': { visitId: uuid, frame: [255, 216], subjects: [{ x: 0.5, y: 0.5 }] },
  'selfie:frame': { visitId: uuid, shot: 1, frame: [255, 216], subjects: [] },
  'selfie:search': { visitId: uuid, shot: 1 },
  'visit:answer': { visitId: uuid, photoId: 1, isMe: true },
  'visit:keep': { visitId: uuid },
  'visit:share': { visitId: uuid },
  'print:allowance': { visitId: uuid },
  'print:page': { visitId: uuid, templateId: 'full', photoIds: [1] },
  'print:order': { visitId: uuid, pageId: uuid, copies: 1, voucher: '00000000' },
  'visit:resume': { code: '00000000', language: 'fr' },
  'visit:erase': { visitId: uuid, withFaces: false },
  'visit:end': { visitId: uuid },
  'camera:state': { camera: 'live' },
  'browse:hours': {},
  'browse:photos': { hour: '2024-01-01T10', offset: 0, limit: 10 },
};

/** Something like what is asked for, and wrong in one place; or something else altogether. */
const malformed = (method: KioskMethod): fc.Arbitrary<unknown> => {
  const example = examples[method];
  const withOneWrong = Object.keys(example).map((key) =>
    fc.jsonValue({ maxDepth: 1 }).map((value) => ({ ...example, [key]: value })),
  );
  const withoutOne = Object.keys(example).map((key) =>
    fc.constant(Object.fromEntries(Object.entries(example).filter(([name]) => name !== key))),
  );
  const withOneMore = fc
    .dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 1 }), { minKeys: 1, maxKeys: 2 })
    .map((more) => ({ ...more, ...example, more: 1 }));
  return fc
    .oneof(fc.jsonValue(), withOneMore, ...withOneWrong, ...withoutOne)
    .filter((payload) => !kioskRequests[method].request.safeParse(payload).success);
};

describe('a message that is not in the contract', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;
  let line: Line;
  let core: number[];
  let id = firstId + 1_000;

  beforeAll(async () => {
    booth = await stage.launchForAll();
    line = await openLine(booth.page);
    core = await booth.pidsOf('core');
  });

  it.for(methods)('of %s is refused, and nothing more', { timeout: 60_000 }, async (method) => {
    for (const payload of fc.sample(malformed(method), { numRuns: 40, seed: 2 })) {
      const reply = await line.ask({ type: 'ask', id: id++, method, payload });
      expect({ payload, reply }).toEqual({ payload, reply: refused });
    }
  });

  it('of a method that there is not is refused', async () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'kiosk:open ', 'KIOSK:OPEN'),
    );
    for (const method of fc.sample(names, { numRuns: 40, seed: 3 })) {
      expect(await line.ask({ type: 'ask', id: id++, method, payload: {} })).toEqual(refused);
    }
  });

  it('that is no envelope is passed over', async () => {
    for (const message of fc.sample(fc.jsonValue(), { numRuns: 100, seed: 4 })) await line.post(message);
    for (const envelope of [
      { type: 'ask', id: -1, method: 'kiosk:open', payload: {} },
      { type: 'ask', id: 0.5, method: 'kiosk:open', payload: {} },
      { type: 'ask', id: '1', method: 'kiosk:open', payload: {} },
      { type: 'reply', id: 1, value: {} },
      { type: 'ask', id: 1, method: 'kiosk:open', payload: {}, more: 1 },
      { type: 'ask', id: 1, method: 5, payload: {} },
    ]) {
      await line.post(envelope);
    }
    expect(await line.ask({ type: 'ask', id: id++, method: 'kiosk:open', payload: {} })).toMatchObject({ ok: true });
  });

  it('of a visit that is another’s, or of nobody, opens nothing', async () => {
    for (const method of ['selfie:search', 'visit:answer', 'visit:keep'] as const) {
      const reply = await line.ask({ type: 'ask', id: id++, method, payload: examples[method] });
      expect(reply).toMatchObject({ ok: false, fault: { code: 'visit.unknown' } });
    }
  });

  it('whose picture is none is refused, and no worker falls over it', async () => {
    const workers = await booth.pidsOf('vision');
    const opened = await line.ask({ type: 'ask', id: id++, method: 'kiosk:open', payload: {} });
    const { consents } = valueOf(kioskRequests['kiosk:open'].reply.parse(opened));
    const payload = { language: 'fr', consentVersion: consents.fr?.version };
    const begun = await line.ask({ type: 'ask', id: id++, method: 'visit:begin', payload });
    const visitId = (begun as { value: { visitId: string } }).value.visitId;
    const replies = await Promise.all(
      [1, 20, 5_000, 4 * 1024 ** 2, 4 * 1024 ** 2 + 1].map((size) =>
        line.askWithFrame({ id: id++, method: 'guide:check', visitId, size }),
      ),
    );
    for (const reply of replies) expect(reply).toMatchObject({ ok: false });
    expect(replies.at(-1)).toEqual(refused);
    expect((await booth.pidsOf('vision')).toSorted()).toEqual(workers.toSorted());
  });

  it('has done no harm: core is the same, and the next guest is found', async () => {
    expect(await booth.pidsOf('core')).toEqual(core);
    await booth.startAfresh();
    const guest = createGuest(booth, 'fr');
    expect(await guest.findPhotos()).toBe('results');
    expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
  });
});
