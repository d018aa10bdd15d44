// How long the faceindex worker takes to find a guest among very many faces, seen from whoever asks it.
import { createFaceIndex, thresholdsFor } from '../../main/core/matching/index.ts';
import { loadPack } from '../../main/packs/index.ts';
import type { IndexMatch } from '../../main/workers/index.ts';
import { createRandom, type Random } from '../fixtures/compose.ts';
import { median, percentile } from './report.ts';
import { modelsDir } from '../fixtures/pack.ts';
import { valueOf, within, type Bench, type Workbench } from './workbench.ts';

const sizes = [
  { faces: 10_000, name: '10k' },
  { faces: 100_000, name: '100k' },
  { faces: 1_000_000, name: '1M' },
] as const;
const defaultProbes = 200;
const warmUps = 5;
const checkedProbes = 6;
const facesPerPhoto = 3;
const facesPerBatch = 4096;
const eventId = 1;
const packKey = 'bench@1';
const limitPerSearchMs = 10_000;

// How often a guest is in the photos, one number a guest in turn: the last two are found so often that the first look into a block falls short.
const references = [0, 3, 12, 40, 150, 400];
const guests = 24;
// Faces of one guest lie near each other, because photos come in the order in which they were taken.
const spread = 4_000;

export const search: Bench = {
  name: 'search',
  about: 'a probe against 10,000 to 1,000,000 templates, from the question to the answer (--probes, 200 searches each)',
  limits: { p95At100kMs: 12, p95At1MMs: 100, rssAt1MMB: 3_000 },
  run: async (workbench, { probes: searches = defaultProbes }) => {
    const { manifest, decision } = valueOf(await loadPack(modelsDir, (await workbench.config()).models.pack));
    const { dimensions } = manifest.template;
    const figures: Record<string, number> = { dimensions };
    for (const { faces, name } of sizes) {
      const { kinLeast: threshold, kinFrom } = thresholdsFor(faces, decision);
      workbench.say(`making ${String(faces)} templates`);
      const gallery = createGallery(faces, dimensions);
      const measured = await measure(workbench, gallery, { threshold, kinFrom }, searches);
      for (const [figure, value] of Object.entries(measured)) figures[figure.replace('At', `At${name}`)] = value;
    }
    return figures;
  },
};

interface Gallery {
  dimensions: number;
  /** Float32Array [faces * dimensions], rows of unit length. The face's id is its row. */
  templates: Float32Array;
  probes: Float32Array[];
}

const photoOf = (row: number): number => Math.floor(row / facesPerPhoto);

/** Strangers in random directions, and among them the guests' own faces, at scores from just under the usual thresholds upwards. */
function createGallery(faces: number, dimensions: number): Gallery {
  const random = createRandom(faces);
  const templates = new Float32Array(faces * dimensions);
  for (let row = 0; row < faces; row++) setUnit(templates, row * dimensions, dimensions, random);
  const probes = Array.from({ length: guests }, (_, guest) => {
    const probe = new Float32Array(dimensions);
    setUnit(probe, 0, dimensions, random);
    const first = random.below(Math.max(1, faces - spread));
    for (let i = 0; i < references[guest % references.length]; i++) {
      const row = first + random.below(Math.min(spread, faces));
      setLike(probe, random.between(0.3, 0.85), templates.subarray(row * dimensions, (row + 1) * dimensions));
    }
    return probe;
  });
  return { dimensions, templates, probes };
}

/** A random direction. */
function setUnit(values: Float32Array, offset: number, dimensions: number, random: Random): void {
  let squares = 0;
  for (let i = 0; i < dimensions; i++) {
    const value = random.normal();
    values[offset + i] = value;
    squares += value * value;
  }
  const norm = Math.sqrt(squares);
  for (let i = 0; i < dimensions; i++) values[offset + i] /= norm;
}

/** Turns a stranger's template towards the probe, until their score is about the given one. */
function setLike(probe: Float32Array, score: number, stranger: Float32Array): void {
  const other = Math.sqrt(1 - score * score);
  let squares = 0;
  for (let i = 0; i < probe.length; i++) {
    stranger[i] = score * probe[i] + other * stranger[i];
    squares += stranger[i] ** 2;
  }
  const norm = Math.sqrt(squares);
  for (let i = 0; i < probe.length; i++) stranger[i] /= norm;
}

async function measure(
  { spawner, log, defer, say }: Workbench,
  gallery: Gallery,
  { threshold, kinFrom }: { threshold: number; kinFrom: number },
  searches: number,
): Promise<Record<string, number>> {
  const { dimensions, probes } = gallery;
  let fillStartMs = 0;
  const index = createFaceIndex({
    packKey,
    dimensions,
    stored: function* () {
      fillStartMs = performance.now();
      yield* batchesOf(gallery);
    },
    spawner,
    log,
  });
  defer(() => index.stop());
  valueOf(await index.start());
  const fillMs = performance.now() - fillStartMs;

  const find = async (template: Float32Array) => {
    const probe = { packKey, template };
    return valueOf(await within(limitPerSearchMs, 'a search', index.search(eventId, probe, threshold, kinFrom)));
  };

  for (const probe of probes.slice(0, warmUps)) await find(probe);
  say(`${String(searches)} searches`);
  const elapsed: number[] = [];
  const matches: number[] = [];
  for (let i = 0; i < searches; i++) {
    const startMs = performance.now();
    const found = await find(probes[i % probes.length]);
    elapsed.push(performance.now() - startMs);
    matches.push(found.matches.length);
  }

  say('checking against every score there is');
  // From the guest with the most faces down.
  for (const probe of probes.slice(-checkedProbes)) {
    check(await find(probe).then(({ matches: found }) => found), bruteForce(gallery, probe, threshold));
  }
  const { rssBytes } = index.health();
  await index.stop();
  return {
    fillAtMs: fillMs,
    medianAtMs: median(elapsed),
    p95AtMs: percentile(elapsed, 0.95),
    maxAtMs: Math.max(...elapsed),
    mostMatchesAt: Math.max(...matches),
    rssAtMB: rssBytes / 1e6,
  };
}

function* batchesOf({ templates, dimensions }: Gallery) {
  const faces = templates.length / dimensions;
  for (let from = 0; from < faces; from += facesPerBatch) {
    const faceIds = Array.from({ length: Math.min(facesPerBatch, faces - from) }, (_, i) => from + i);
    const to = from + faceIds.length;
    yield {
      packKey,
      eventId,
      faceIds,
      photoIds: faceIds.map(photoOf),
      templates: templates.slice(from * dimensions, to * dimensions),
    };
  }
}

/** Every photo's best face at or above the threshold, best first: by the definition. */
function bruteForce({ templates, dimensions }: Gallery, probe: Float32Array, threshold: number): IndexMatch[] {
  const best = new Map<number, IndexMatch>();
  for (let faceId = 0; faceId < templates.length / dimensions; faceId++) {
    let score = 0;
    for (let i = 0; i < dimensions; i++) score += probe[i] * templates[faceId * dimensions + i];
    const photoId = photoOf(faceId);
    if (score >= threshold && score > (best.get(photoId)?.score ?? -Infinity)) {
      best.set(photoId, { photoId, faceId, score });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.photoId - b.photoId);
}

function check(found: readonly IndexMatch[], expected: readonly IndexMatch[]): void {
  const isSame =
    found.length === expected.length &&
    found.every(({ photoId, faceId, score }, i) => {
      const other = expected[i];
      return photoId === other.photoId && faceId === other.faceId && Math.abs(score - other.score) < 1e-5;
    });
  if (isSame) return;
  throw new Error(
    `the index found ${String(found.length)} photos, by the definition there are ${String(expected.length)}`,
  );
}
