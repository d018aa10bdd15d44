import path from 'node:path';
import { ok, type Result } from '../../preload/index.ts';
import type { Core } from '../core/index.ts';
import { countDetections, type Corners, type DetectionFigures } from './evaluation/detection.ts';
import { readBoxes, readTruth, type Boxes } from './evaluation/labels.ts';
import { measureRecognition, type Recognition } from './evaluation/recognition.ts';
import { writeReport } from './evaluation/writeReport.ts';
import { ingestFiles } from './ingestFiles.ts';
import { inSession, withCore, type CommonOptions, type ExitCode, type Places, type Session } from './session.ts';

/** `evaluate --dir DIR` */
export const evaluate = (
  places: Places,
  options: CommonOptions & { dir: string; truth?: string; boxes?: string; report?: string },
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
      const measured = recognition.value.figures;
      const figures = detection === undefined ? measured : { ...measured, detection: detection.value };
      if (options.report !== undefined) {
        const written = await writeReport(core, options.dir, recognition.value, options.report);
        if (!written.ok) return written;
      }
      session.output.result(figures, () => tableOf(figures));
      return ok(figures.unusableProbes === figures.probes ? 1 : 0);
    });
  });

type Figures = Recognition['figures'] & { detection?: DetectionFigures };

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
    ...Object.entries(figures.causes).map(([cause, count]) => row(`missed: ${cause}`, count)),
    ...figures.misses.map(
      ({ probe, photo, score, cause }) => `miss  ${score?.toFixed(3) ?? 'none '}  ${probe}  ${photo}  ${cause}`,
    ),
    ...figures.falseHits.map(({ probe, photo, score }) => `false ${score.toFixed(3)}  ${probe}  ${photo}`),
  ];
}
