import { ok, type Result } from '../../../preload/index.ts';
import { strengthOf, type Core } from '../../core/index.ts';
import type { Ingested } from '../ingestFiles.ts';
import type { Session } from '../session.ts';
import { causeOf, countCauses, type Cause } from './causes.ts';
import type { Truth } from './labels.ts';
import { errorsAt, figuresAt, rank1, type Miss, type PhotoLabels, type ProbeScores } from './metrics.ts';
import { scoreProbes, takeLabelled } from './probes.ts';

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
  const taken = await takeLabelled(core, dir, truth, session);
  if (!taken.ok) return taken;
  const { eventId, milliseconds, problems, notes } = taken.value;
  const thresholds = core.matching.thresholdsOf(eventId);
  const probes = await scoreProbes(core, taken.value, session, (match) => strengthOf(match, thresholds));
  if (!probes.ok) return probes;
  const labels: PhotoLabels = new Map(Object.entries(truth.photos));
  const figures = figuresOf(core, eventId, probes.value, labels);
  const msPerPhoto = milliseconds / Math.max(1, labels.size);
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
