import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { strengthOf, type Core } from '../../core/index.ts';
import { ingestFiles, type Ingested } from '../ingestFiles.ts';
import { remarkOf } from '../output.ts';
import { createProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { causeOf, countCauses, type Cause } from './causes.ts';
import type { Truth } from './labels.ts';
import { errorsAt, figuresAt, rank1, type Miss, type PhotoLabels, type ProbeScores } from './metrics.ts';

/** What a labelled folder says of recognition; `probes` and `labels` for whoever looks closer. */
export interface Recognition {
  figures: ReturnType<typeof figuresOf> & Pick<Ingested, 'problems' | 'notes'> & { msPerPhoto: number };
  probes: ProbeScores[];
  labels: PhotoLabels;
  eventId: number;
}

/** Takes the photos of a labelled folder in, and compares each probe with all of them. */
export async function measureRecognition(
  core: Core,
  dir: string,
  truth: Truth,
  session: Session,
): Promise<Result<Recognition>> {
  const names = Object.keys(truth.photos);
  const files = new Map(names.map((name) => [path.resolve(dir, name), name]));
  const ingested = await ingestFiles(core, `evaluate:${path.resolve(dir)}`, [...files.keys()], session);
  if (!ingested.ok) return ingested;
  const { eventId, milliseconds, problems, notes } = ingested.value;
  const probes = await scoreProbes(core, eventId, dir, truth, files, session);
  if (!probes.ok) return probes;
  const labels: PhotoLabels = new Map(Object.entries(truth.photos));
  const figures = figuresOf(core, eventId, probes.value, labels);
  const msPerPhoto = milliseconds / Math.max(1, names.length);
  return ok({ figures: { ...figures, msPerPhoto, problems, notes }, probes: probes.value, labels, eventId });
}

function figuresOf(core: Core, eventId: number, probes: readonly ProbeScores[], labels: PhotoLabels) {
  const { sure, maybe } = core.matching.thresholdsOf(eventId);
  const { recall, precision, fpir, fnir } = figuresAt(sure, probes, labels);
  const atMaybe = figuresAt(maybe, probes, labels);
  const { misses, falseHits } = errorsAt(sure, probes, labels);
  const explained = misses.map((miss) => ({ ...miss, cause: causeOfMiss(core, miss, probes, maybe) }));
  return {
    recall,
    precision,
    fpir,
    fnir,
    rank1: rank1(probes, labels),
    threshold: sure,
    maybe: { recall: atMaybe.recall, precision: atMaybe.precision, threshold: maybe },
    photos: labels.size,
    faces: core.store.faces.count(eventId),
    probes: probes.length,
    unusableProbes: probes.filter(({ scores }) => scores === undefined).length,
    causes: countCauses(explained.map(({ cause }) => cause)),
    misses: explained,
    falseHits,
  };
}

function causeOfMiss(core: Core, { probe, photo, score }: Miss, probes: readonly ProbeScores[], maybe: number): Cause {
  const { scores, faces } = probes.find((one) => one.probe === probe) ?? {};
  const faceId = faces?.get(photo);
  return causeOf({
    isProbeUsable: scores !== undefined,
    face: faceId === undefined ? undefined : core.store.faces.find(faceId),
    strength: score ?? undefined,
    maybe,
  });
}

/** Each probe against each photo, however unlike: by what is decided, the second pass included. */
async function scoreProbes(
  core: Core,
  eventId: number,
  dir: string,
  truth: Truth,
  files: ReadonlyMap<string, string>,
  { output, config, signal }: Session,
): Promise<Result<ProbeScores[]>> {
  const scored: ProbeScores[] = [];
  const entries = Object.entries(truth.probes);
  const thresholds = core.matching.thresholdsOf(eventId);
  const progress = createProgress(entries.length, 'probes');
  try {
    for (const [name, person] of entries) {
      if (signal.aborted) return fail('engine.stopping');
      const bytes = await readFile(path.resolve(dir, name)).catch(() => undefined);
      const probe = bytes === undefined ? fail('photo.unreadable') : await core.guests.probe(bytes);
      progress.update(scored.length + 1);
      if (!probe.ok) {
        output.remark(remarkOf(name, probe.fault, config.language));
        scored.push({ probe: name, person, scores: undefined });
        continue;
      }
      const compared = await core.matching.compare(eventId, probe.value.face.template);
      if (!compared.ok) return compared;
      const scores = new Map<string, number>();
      const faces = new Map<string, number>();
      for (const match of compared.value) {
        for (const file of core.store.photos.originsOf(match.photoId)) {
          const photo = files.get(file);
          if (photo === undefined) continue;
          scores.set(photo, strengthOf(match, thresholds));
          faces.set(photo, match.faceId);
        }
      }
      scored.push({ probe: name, person, scores, faces });
    }
  } finally {
    progress.end();
  }
  return ok(scored);
}
