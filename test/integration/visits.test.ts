// A guest's visit in core, with real workers, a real database and the real models: what a webcam would see goes in, photos come out.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createGuestBook, createVisits, type Visits } from '../../main/core/guests/index.ts';
import type { Core } from '../../main/core/index.ts';
import { createMatching, type Matching, type Vision } from '../../main/core/matching/index.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { type Advice, type Findings, type FramePoint } from '../../preload/index.ts';
import {
  betweenFrames,
  cameraFile,
  cameraFrame,
  cameraScenes,
  eventSamples,
  friendsPhoto,
  guestsPhoto,
  type CameraScene,
} from '../fixtures/cameraFile.ts';
import { codeOf, consentVersionOf, sealerOf, startBooth, valueOf } from '../fixtures/core.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';

const frameSize = { width: 1280, height: 720 };
const scenes = Object.keys(cameraScenes) as CameraScene[];
const nobodyThere = '00000000-0000-4000-8000-000000000000';

let folder: string;
let core: Core;
let eventId: number;
let photoOf: Map<number, number>;
let frames: Map<CameraScene, Buffer>;

beforeAll(async () => {
  folder = await makeFolder();
  await mkdir(path.join(folder, 'library'));
  core = valueOf((await startBooth({ libraryDir: path.join(folder, 'library'), keepOriginals: 'link' })).core);
  eventId = core.events.open('wedding').id;
  photoOf = await takeSamples(eventId, eventSamples);
  frames = new Map(await Promise.all(scenes.map(async (scene) => [scene, await cameraFrame(scene)] as const)));
});

afterAll(async () => {
  await core.stop();
  await removeFolder(folder);
});

async function takeSamples(event: number, samples: readonly number[]): Promise<Map<number, number>> {
  const photoIds = new Map<number, number>();
  for (const sample of samples) {
    photoIds.set(sample, valueOf(await core.library.take(event, sampleFile(sample))).photoId);
  }
  await core.library.settled();
  return photoIds;
}

/** Visits of their own, until the end of the test. */
function openVisits(
  deps: { vision?: Vision; matching?: Matching; event?: number; retentionDays?: number } = {},
): Visits {
  const { vision = core.vision, matching = core.matching, event = eventId, retentionDays = 30 } = deps;
  const { store, index, events } = core;
  valueOf(events.apply(event, { retentionDays, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }));
  const book = createGuestBook({
    ...{ vision, matching, index, store, events },
    sealer: sealerOf(store, event),
    eventId: event,
    onErased: () => Promise.resolve(),
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => book.stop());
  return createVisits({ book, vision, store, eventId: event });
}

const begin = (visits: Visits): string => valueOf(visits.begin('fr', consentVersionOf(core, eventId))).visitId;
const frameOf = (scene: CameraScene): Buffer => frames.get(scene) ?? expect.fail(scene);

/** Where the people of a scene stand, in fractions of the frame. */
const placesIn = (scene: CameraScene): FramePoint[] =>
  cameraScenes[scene].people.map(({ x, y }) => ({ x: x / frameSize.width, y: y / frameSize.height }));

/** A shot of two frames, and what it brings. */
async function shoot(visits: Visits, visitId: string, scene: CameraScene, subjects: FramePoint[] = [], shot = 1) {
  const sent = [0, 1].map(() => visits.addFrame(visitId, shot, frameOf(scene), subjects));
  const found = await visits.search(visitId, shot);
  await Promise.all(sent);
  return found;
}

const idsOf = ({ sure, maybe }: Findings) => ({ sure: sure.map(({ id }) => id), maybe: maybe.map(({ id }) => id) });
const photo = (sample: number): number => photoOf.get(sample) ?? expect.fail(`no photo of sample ${String(sample)}`);

/** The vision workers, and every template that has come from them. */
function overheardVision(): { vision: Vision; templates: Float32Array[] } {
  const templates: Float32Array[] = [];
  const vision: Vision = {
    ...core.vision,
    analyseSelfie: async (bytes) => {
      const analysed = await core.vision.analyseSelfie(bytes);
      if (analysed.ok) templates.push(...analysed.value.faces.map(({ template }) => template));
      return analysed;
    },
  };
  return { vision, templates };
}

/** The index, and every probe that it was asked for. */
function overheardMatching(): { matching: Matching; probes: Float32Array[] } {
  const probes: Float32Array[] = [];
  const matching: Matching = {
    ...core.matching,
    find: (event, probe) => {
      probes.push(probe.template);
      return core.matching.find(event, probe);
    },
  };
  return { matching, probes };
}

const isForgotten = (template: Float32Array): boolean => template.every((value) => value === 0);

describe('a visit', () => {
  it('finds the guest’s photos, and no others', async () => {
    const visits = openVisits();
    const begun = valueOf(visits.begin('en', consentVersionOf(core, eventId, 'en')));
    expect(begun.photos).toBe(eventSamples.length);
    const useful = await visits.addFrame(begun.visitId, 1, frameOf('guest'), []);
    expect(useful).toEqual({ ok: true, value: { isUseful: true } });
    const found = valueOf(await visits.search(begun.visitId, 1));
    expect(idsOf(found)).toEqual({ sure: [photo(guestsPhoto)], maybe: [] });
    expect(found.searchedPhotos).toBe(eventSamples.length);
  });

  it('finds nothing for somebody who is in none', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    expect(idsOf(valueOf(await shoot(visits, visitId, 'stranger')))).toEqual({ sure: [], maybe: [] });
  });

  it('is for those only who agreed to today’s text', () => {
    const visits = openVisits();
    const consentVersion = consentVersionOf(core, eventId);
    for (const version of ['', '0', `${consentVersion}0`, ` ${consentVersion}`]) {
      expect(codeOf(visits.begin('fr', version))).toBe('visit.consent-outdated');
    }
  });

  it('does nothing for one that was never begun, or has ended', async () => {
    const visits = openVisits();
    const ended = begin(visits);
    await shoot(visits, ended, 'guest');
    visits.end(ended);
    visits.end(ended);
    visits.end(nobodyThere);
    for (const visitId of [ended, nobodyThere]) {
      const frame = frameOf('guest');
      expect(codeOf(await visits.check(visitId, frame, []))).toBe('visit.unknown');
      expect(codeOf(await visits.addFrame(visitId, 1, frame, []))).toBe('visit.unknown');
      expect(codeOf(await visits.search(visitId, 1))).toBe('visit.unknown');
      expect(codeOf(visits.answer(visitId, photo(guestsPhoto), true))).toBe('visit.unknown');
      expect(codeOf(await visits.keep(visitId))).toBe('visit.unknown');
    }
  });

  it('finds nothing any more once it has ended in mid-search', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    const sent = visits.addFrame(visitId, 1, frameOf('guest'), []);
    const searching = visits.search(visitId, 1);
    visits.end(visitId);
    expect(codeOf(await searching)).toBe('visit.unknown');
    await sent;
  });

  it('searches for all who agreed, and for nobody as long as it is open who', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    const [guest, friend] = placesIn('two');
    expect(codeOf(await shoot(visits, visitId, 'two'))).toBe('selfie.no-face');
    const both = valueOf(await shoot(visits, visitId, 'two', [guest, friend], 2));
    expect(new Set(idsOf(both).sure)).toEqual(new Set([photo(guestsPhoto), photo(friendsPhoto)]));
    const one = valueOf(await shoot(visits, visitId, 'two', [friend], 3));
    expect(idsOf(one).sure).toEqual([photo(friendsPhoto)]);
  });

  it('says so where no frame was of use', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    expect(codeOf(await visits.search(visitId, 1))).toBe('selfie.no-face');
    expect(await visits.addFrame(visitId, 1, frameOf('nobody'), [])).toEqual({ ok: true, value: { isUseful: false } });
    expect(codeOf(await visits.addFrame(visitId, 1, Buffer.from('no picture'), []))).toBe('photo.not-an-image');
    expect(codeOf(await visits.search(visitId, 1))).toBe('selfie.no-face');
    expect(codeOf(await visits.keep(visitId))).toBe('visit.unknown');
    // One good frame among others is enough.
    await visits.addFrame(visitId, 2, frameOf('nobody'), []);
    await visits.addFrame(visitId, 2, Buffer.from('no picture'), []);
    await visits.addFrame(visitId, 2, frameOf('guest'), []);
    expect(codeOf(await visits.search(visitId, 1))).toBe('selfie.no-face');
    expect(idsOf(valueOf(await visits.search(visitId, 2))).sure).toEqual([photo(guestsPhoto)]);
  });

  it('looks at no more than a dozen frames of a shot', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    const sent = Array.from({ length: 14 }, () => visits.addFrame(visitId, 1, frameOf('guest'), []));
    const useful = (await Promise.all(sent)).map((reply) => valueOf(reply).isUseful);
    expect(useful.filter(Boolean)).toHaveLength(12);
  });

  it('goes on with the new shot where one is taken while the last is still being searched', async () => {
    const { matching, probes } = overheardMatching();
    const visits = openVisits({ matching });
    const visitId = begin(visits);
    const first = visits.addFrame(visitId, 1, frameOf('guest'), []);
    const searching = visits.search(visitId, 1);
    const second = visits.addFrame(visitId, 2, frameOf('guest'), []);
    expect(codeOf(await searching)).toBe('selfie.no-face');
    expect(idsOf(valueOf(await visits.search(visitId, 2))).sure).toEqual([photo(guestsPhoto)]);
    await Promise.all([first, second]);
    for (const probe of probes) expect(Math.hypot(...probe)).toBeCloseTo(1, 3);
  });

  it('forgets every template at its end: of the guest, of earlier tries, and of whoever stood beside', async () => {
    const { vision, templates } = overheardVision();
    const { matching, probes } = overheardMatching();
    const visits = openVisits({ vision, matching });
    const visitId = begin(visits);
    const [guest] = placesIn('two');
    await shoot(visits, visitId, 'guest');
    const [first] = probes;
    expect(isForgotten(first)).toBe(false);
    await shoot(visits, visitId, 'two', [guest], 2);
    // Another try is another beginning.
    expect(isForgotten(first)).toBe(true);
    await visits.addFrame(visitId, 3, frameOf('guest'), []);
    const late = visits.addFrame(visitId, 3, frameOf('two'), [guest]);
    visits.end(visitId);
    await late;
    // A frame that was under way is forgotten when it comes.
    await sleep(0);
    expect(probes.map(isForgotten)).toEqual(probes.map(() => true));
    expect(templates.length).toBeGreaterThan(6);
    expect(templates.map(isForgotten)).toEqual(templates.map(() => true));
  });
});

describe('the guide', () => {
  it('tells each guest what to do', async () => {
    const visits = openVisits();
    const fitting: [CameraScene, FramePoint[], Advice][] = [
      ['guest', [], 'ready'],
      ['stranger', [], 'ready'],
      ['nobody', [], 'no-face'],
      ['two', [], 'several-faces'],
      ['two', placesIn('two'), 'ready'],
      ['too-far', [], 'too-far'],
      ['too-dark', [], 'too-dark'],
    ];
    for (const [scene, subjects, advice] of fitting) {
      const guidance = valueOf(await visits.check(begin(visits), frameOf(scene), subjects));
      expect([scene, guidance.advice]).toEqual([scene, advice]);
      expect(guidance.faces).toHaveLength(cameraScenes[scene].people.length);
      for (const { x, y } of placesIn(scene)) {
        const isHere = guidance.faces.some(
          ({ box }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
        );
        expect(isHere).toBe(true);
      }
    }
  });

  it('does not ask a guest who stands still to hold still', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    const film = await readFile(await cameraFile('guest'));
    const said: Advice[] = [];
    for (const frame of framesOf(film).filter((_, i) => i % 4 === 0)) {
      const startMs = performance.now();
      said.push(valueOf(await visits.check(visitId, frame, [])).advice);
      await sleep(Math.max(0, 120 - (performance.now() - startMs)));
    }
    expect(said.length).toBeGreaterThan(6);
    expect(new Set(said)).toEqual(new Set(['ready']));
  });

  it('takes how long the looking takes for no movement', async () => {
    const shiftedBy = (left: number) =>
      sharp(frameOf('guest'))
        .extract({ left, top: 0, width: frameSize.width - left, height: frameSize.height })
        .toBuffer();
    const [still, aLittle, far] = [frameOf('guest'), await shiftedBy(20), await shiftedBy(400)];
    const glances = await Promise.all([still, aLittle, far].map((frame) => core.vision.glance(frame)));
    const takesMs = [200, 0, 0];
    const glance: Vision['glance'] = async () => {
      const glimpsed = glances.shift() ?? expect.fail('one look too many');
      await sleep(takesMs.shift());
      return glimpsed;
    };
    const visits = openVisits({ vision: { ...core.vision, glance } });
    const visitId = begin(visits);
    const first = visits.check(visitId, still, []);
    await sleep(200);
    await first;
    const second = visits.check(visitId, aLittle, []);
    await sleep(50);
    const third = visits.check(visitId, far, []);
    const said = (await Promise.all([first, second, third])).map((reply) => valueOf(reply).advice);
    expect(said).toEqual(['ready', 'ready', 'moving']);
  });

  it('refuses what is no picture, and goes on', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    expect(codeOf(await visits.check(visitId, Buffer.from('no picture'), []))).toBe('photo.not-an-image');
    expect(codeOf(await visits.check(visitId, frameOf('guest').subarray(0, 20_000), []))).toBe('photo.truncated');
    expect(valueOf(await visits.check(visitId, frameOf('guest'), [])).advice).toBe('ready');
  });

  /** The JPEGs of a webcam's file. */
  function framesOf(film: Buffer): Buffer[] {
    const cuts: number[] = [0];
    for (let at = film.indexOf(betweenFrames); at !== -1; at = film.indexOf(betweenFrames, at + 1)) cuts.push(at + 2);
    return cuts.map((cut, i) => film.subarray(cut, cuts[i + 1]));
  }
});

describe('a code', () => {
  /** A guest who has been found and has a code. */
  async function guestWithCode(visits: Visits, scene: CameraScene = 'guest') {
    const visitId = begin(visits);
    valueOf(await shoot(visits, visitId, scene));
    return { visitId, ...valueOf(await visits.keep(visitId)) };
  }

  it('brings back the same photos, typed as people type', async () => {
    const visits = openVisits();
    const { visitId, code, expiresOn } = await guestWithCode(visits);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(expiresOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(valueOf(await visits.keep(visitId))).toEqual({ code, expiresOn });
    visits.end(visitId);

    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4).replaceAll('0', 'o').replaceAll('1', 'L')} `;
    const back = valueOf(await visits.resume(typed));
    expect(back.visitId).not.toBe(visitId);
    expect(idsOf(back.findings)).toEqual({ sure: [photo(guestsPhoto)], maybe: [] });
    expect(back.newPhotos).toBe(0);
    // After a restart of the booth as well, and whatever the visits in between.
    visits.end(back.visitId);
    expect(idsOf(valueOf(await openVisits().resume(code)).findings).sure).toEqual([photo(guestsPhoto)]);
  });

  it('is one, however often it is asked for at once', async () => {
    const visits = openVisits();
    const visitId = begin(visits);
    await shoot(visits, visitId, 'guest');
    const codes = await Promise.all([visits.keep(visitId), visits.keep(visitId)]);
    expect(valueOf(codes[0])).toEqual(valueOf(codes[1]));
  });

  it('shows photos that came meanwhile as new, once', async () => {
    const event = core.events.open('gala').id;
    await takeSamples(event, [friendsPhoto]);
    const visits = openVisits({ event });
    const visitId = begin(visits);
    expect(idsOf(valueOf(await shoot(visits, visitId, 'guest')))).toEqual({ sure: [], maybe: [] });
    const { code } = valueOf(await visits.keep(visitId));
    visits.end(visitId);

    const came = await takeSamples(event, [guestsPhoto]);
    const back = valueOf(await visits.resume(code));
    expect(idsOf(back.findings).sure).toEqual([came.get(guestsPhoto)]);
    expect(back.newPhotos).toBe(1);
    expect(back.findings.searchedPhotos).toBe(2);
    visits.end(back.visitId);
    expect(valueOf(await visits.resume(code)).newPhotos).toBe(0);
  });

  it('remembers the guest’s word on photos, which goes over the score', async () => {
    // So unsure that everything is to be asked.
    const matching = createMatching({
      index: core.index,
      rule: core.pack.decision,
      settings: { sure: 0.99, maybe: 0.3 },
    });
    const visits = openVisits({ matching });
    const visitId = begin(visits);
    const [guest, friend] = placesIn('two');
    const asked = idsOf(valueOf(await shoot(visits, visitId, 'two', [guest, friend])));
    expect(asked.sure).toEqual([]);
    expect(new Set(asked.maybe)).toEqual(new Set([photo(guestsPhoto), photo(friendsPhoto)]));
    const { code } = valueOf(await visits.keep(visitId));
    valueOf(visits.answer(visitId, photo(guestsPhoto), true));
    valueOf(visits.answer(visitId, photo(friendsPhoto), false));
    visits.end(visitId);

    const back = valueOf(await visits.resume(code));
    expect(idsOf(back.findings)).toEqual({ sure: [photo(guestsPhoto)], maybe: [] });
    valueOf(visits.answer(back.visitId, photo(friendsPhoto), true));
    visits.end(back.visitId);
    expect(new Set(idsOf(valueOf(await visits.resume(code)).findings).sure)).toEqual(
      new Set([photo(guestsPhoto), photo(friendsPhoto)]),
    );
  });

  it('never comes to open the photos of whoever is photographed afterwards', async () => {
    const visits = openVisits();
    const { visitId, code } = await guestWithCode(visits);
    const [, friend] = placesIn('two');
    valueOf(await shoot(visits, visitId, 'two', [friend], 2));
    valueOf(visits.answer(visitId, photo(friendsPhoto), true));
    const friends = valueOf(await visits.keep(visitId));
    visits.end(visitId);

    expect(friends.code).not.toBe(code);
    const [guestsBack, friendsBack] = [valueOf(await visits.resume(code)), valueOf(await visits.resume(friends.code))];
    expect(idsOf(guestsBack.findings)).toEqual({ sure: [photo(guestsPhoto)], maybe: [] });
    expect(idsOf(friendsBack.findings)).toEqual({ sure: [photo(friendsPhoto)], maybe: [] });
    expect(friendsBack.newPhotos).toBe(0);
  });

  it('opens nothing of another event', async () => {
    const { code } = await guestWithCode(openVisits());
    const elsewhere = openVisits({ event: core.events.open('elsewhere').id });
    expect(codeOf(await elsewhere.resume(code))).toBe('code.unknown');
  });

  it('opens nothing that another model made', async () => {
    const { code } = await guestWithCode(openVisits());
    const { matching, probes } = overheardMatching();
    const visits = openVisits({ vision: { ...core.vision, packKey: 'another@1' }, matching });
    expect(codeOf(await visits.resume(code))).toBe('code.outdated');
    expect(probes).toEqual([]);
  });

  it('is held back after five wrong ones, the right one too, for a while', async () => {
    const visits = openVisits();
    const { code } = await guestWithCode(visits);
    // Well written and not; the last of them takes no time.
    for (const wrong of ['00000000', '1111 1111', 'ZZZZZZZZ', '', 'nonsense!']) {
      expect(codeOf(await visits.resume(wrong))).toBe('code.unknown');
    }
    expect(codeOf(await visits.resume('00000000'))).toBe('code.too-many-tries');
    expect(codeOf(await visits.resume(code))).toBe('code.too-many-tries');
    await sleep(2_100);
    expect(codeOf(await visits.resume(code))).toBe('ok');
  });

  it('is held back where many are tried at once', async () => {
    const visits = openVisits();
    const tried = await Promise.all(Array.from({ length: 12 }, () => visits.resume('00000000')));
    expect(tried.map(codeOf).sort()).toEqual([
      ...new Array<string>(7).fill('code.too-many-tries'),
      ...new Array<string>(5).fill('code.unknown'),
    ]);
  });

  it('opens until the end of its last day, and is then gone from the disk', async () => {
    const visits = openVisits({ retentionDays: 2 });
    const { code, expiresOn } = await guestWithCode(visits);
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const on = (daysLater: number, time: string) => {
      const day = new Date(`${expiresOn}T${time}`);
      vi.setSystemTime(day.setDate(day.getDate() + daysLater));
    };

    on(0, '23:59:30');
    expect(codeOf(await visits.resume(code))).toBe('ok');
    on(1, '00:00:30');
    expect(codeOf(await visits.resume(code))).toBe('code.unknown');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect(valueOf(core.store.keptVisits.removeExpired(tomorrow, eventId))).toBeGreaterThan(0);
  });

  it('is of no use any more once what is kept has been removed', async () => {
    const { code, expiresOn } = await guestWithCode(openVisits({ retentionDays: 1 }));
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const day = new Date(`${expiresOn}T12:00:00`);
    vi.setSystemTime(day.setDate(day.getDate() + 1));
    const nextMorning = openVisits();
    // Removed at the start, and not only passed over.
    vi.useRealTimers();
    expect(codeOf(await nextMorning.resume(code))).toBe('code.unknown');
  });
});
