import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../preload/index.ts';
import { strengthOf, type Core } from '../core/index.ts';
import { countDetections, type Corners, type DetectionFigures } from './evaluation/detection.ts';
import { readBoxes, readTruth, type Boxes, type Truth } from './evaluation/labels.ts';
import { errorsAt, figuresAt, rank1, type PhotoLabels, type ProbeScores } from './evaluation/metrics.ts';
import { ingestFiles } from './ingestFiles.ts';
import { remarkOf } from './output.ts';
import { createProgress } from './progress.ts';
import { inSession, withCore, type CommonOptions, type ExitCode, type Places, type Session } from './session.ts';

/** `evaluate --dir DIR` */
export const evaluate = (
  places: Places,
  options: CommonOptions & { dir: string; truth?: string; boxes?: string },
): Promise<ExitCode> =>
  inSession(places, options, async (session) => {
    const truth = await readTruth(options.truth ?? path.resolve(options.dir, 'truth.json'), options.dir);
    if (!truth.ok) return truth;
    const boxes = options.boxes === undefined ? ok(undefined) : await readBoxes(options.boxes, options.dir);
    if (!boxes.ok) return boxes;

    const library = options.library === undefined ? 'temporary' : 'given';
    return withCore(places, session, library, async (core) => {
      const recognition = await measureRecognition(core, options.dir, truth.value, session);
      if (!recognition.ok) return recognition;
      const detection = boxes.value && (await measureDetection(core, options.dir, boxes.value, session));
      if (detection?.ok === false) return detection;
      const figures =
        detection === undefined ? recognition.value : { ...recognition.value, detection: detection.value };
      session.output.result(figures, () => tableOf(figures));
      return ok(figures.unusableProbes === figures.probes ? 1 : 0);
    });
  });

type Figures = Extract<Awaited<ReturnType<typeof measureRecognition>>, { ok: true }>['value'] & {
  detection?: DetectionFigures;
};

async function measureRecognition(core: Core, dir: string, truth: Truth, session: Session) {
  const names = Object.keys(truth.photos);
  const files = new Map(names.map((name) => [path.resolve(dir, name), name]));
  const ingested = await ingestFiles(core, `evaluate:${path.resolve(dir)}`, [...files.keys()], session);
  if (!ingested.ok) return ingested;
  const { eventId, milliseconds, problems, notes } = ingested.value;

  const probes = await scoreProbes(core, eventId, dir, truth, files, session);
  if (!probes.ok) return probes;

  const labels: PhotoLabels = new Map(Object.entries(truth.photos));
  const { sure, maybe } = core.matching.thresholdsOf(eventId);
  const { recall, precision, fpir, fnir } = figuresAt(sure, probes.value, labels);
  const atMaybe = figuresAt(maybe, probes.value, labels);
  return ok({
    recall,
    precision,
    fpir,
    fnir,
    rank1: rank1(probes.value, labels),
    threshold: sure,
    maybe: { recall: atMaybe.recall, precision: atMaybe.precision, threshold: maybe },
    photos: names.length,
    faces: core.store.faces.count(eventId),
    probes: probes.value.length,
    unusableProbes: probes.value.filter(({ scores }) => scores === undefined).length,
    msPerPhoto: milliseconds / Math.max(1, names.length),
    ...errorsAt(sure, probes.value, labels),
    problems,
    notes,
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
      for (const match of compared.value) {
        for (const file of core.store.photos.originsOf(match.photoId)) {
          const photo = files.get(file);
          if (photo !== undefined) scores.set(photo, strengthOf(match, core.matching.thresholdsOf(eventId)));
        }
      }
      scored.push({ probe: name, person, scores });
    }
  } finally {
    progress.end();
  }
  return ok(scored);
}

/** The labelled pictures are an event of their own, so that nobody is found in them who is looked for in the photos. */
async function measureDetection(
  core: Core,
  dir: string,
  boxes: Boxes,
  session: Session,
): Promise<Result<DetectionFigures>> {
  const files = new Map(Object.entries(boxes).map(([name, labelled]) => [path.resolve(dir, name), labelled]));
  const ingested = await ingestFiles(core, `boxes:${path.resolve(dir)}`, [...files.keys()], session);
  if (!ingested.ok) return ingested;

  const sum: DetectionFigures = { found: 0, missed: 0, falseFaces: 0 };
  for (const [file, labelled] of files) {
    const photoId = core.store.photos.idOf(ingested.value.eventId, file);
    const detected = photoId === undefined ? [] : core.store.faces.boxesOf(photoId);
    const counted = countDetections(
      labelled,
      detected.map(({ x, y, width, height }): Corners => [x, y, x + width, y + height]),
    );
    sum.found += counted.found;
    sum.missed += counted.missed;
    sum.falseFaces += counted.falseFaces;
  }
  return ok(sum);
}

function tableOf(figures: Figures): string[] {
  const { recall, precision, fpir, fnir, threshold, maybe, detection } = figures;
  const row = (name: string, value: number | string) =>
    `${name.padEnd(18)} ${typeof value === 'string' || Number.isInteger(value) ? String(value) : value.toFixed(3)}`;
  return [
    row('photos', figures.photos),
    row('faces', figures.faces),
    row('probes', figures.probes),
    row('unusable probes', figures.unusableProbes),
    row('ms a photo', figures.msPerPhoto),
    row('rank 1', figures.rank1),
    row(`at "sure" ${String(threshold)}`, ''),
    row('  recall', recall),
    row('  precision', precision),
    row('  FPIR', fpir),
    row('  FNIR', fnir),
    row(`at "maybe" ${String(maybe.threshold)}`, ''),
    row('  recall', maybe.recall),
    row('  precision', maybe.precision),
    ...(detection === undefined
      ? []
      : [
          row('faces found', `${String(detection.found)} of ${String(detection.found + detection.missed)}`),
          row('false faces', detection.falseFaces),
        ]),
    ...figures.misses.map(({ probe, photo, score }) => `miss  ${score?.toFixed(3) ?? 'none '}  ${probe}  ${photo}`),
    ...figures.falseHits.map(({ probe, photo, score }) => `false ${score.toFixed(3)}  ${probe}  ${photo}`),
  ];
}
