import path from 'node:path';
import { ok, type Result } from '../../preload/index.ts';
import type { Core } from '../core/index.ts';
import { decisionOf, loadWeights, writeCalibration } from '../packs/index.ts';
import { beforeCalibration, calibrated } from './evaluation/calibration.ts';
import { readTruth } from './evaluation/labels.ts';
import type { ProbeScores } from './evaluation/metrics.ts';
import { scoreProbes, takeLabelled, type LabelledEvent } from './evaluation/probes.ts';
import { inSession, withCore, type CommonOptions, type ExitCode, type Places } from './session.ts';

/** `calibrate --dir DIR`: what a pack's thresholds follow from, measured on labelled photos. */
export const calibrate = (
  places: Places,
  options: CommonOptions & { dir: string; truth?: string; pack?: string; write?: boolean },
): Promise<ExitCode> =>
  inSession(places, options, async (session) => {
    const truth = await readTruth(options.truth ?? path.resolve(options.dir, 'truth.json'), options.dir);
    if (!truth.ok) return truth;
    const weights = await loadWeights(places.modelsDir, options.pack ?? session.config.models.pack);
    if (!weights.ok) return weights;
    const before = (await decisionOf(weights.value)) ?? beforeCalibration;
    const pack = { ...weights.value, decision: before };
    const measure = async (core: Core): Promise<Result<ExitCode>> => {
      const taken = await takeLabelled(core, options.dir, truth.value, session);
      if (!taken.ok) return taken;
      const probes = await scoreProbes(core, taken.value, session, ({ score }) => score);
      if (!probes.ok) return probes;
      const { scores, pairs } = strangersIn(core, taken.value, probes.value);
      const rule = calibrated(scores, pairs, before);
      if (!rule.ok) return rule;
      if (options.write === true) {
        const written = await writeCalibration(pack.dir, rule.value);
        if (!written.ok) return written;
      }
      session.output.result({ pairs, decision: rule.value, isWritten: options.write === true }, () => [
        `${String(pairs)} pairs of strangers`,
        ...rule.value.falseMatches.map(([score, share]) => `${share.toExponential(0)}  ${score.toFixed(3)}`),
      ]);
      return ok(0);
    };
    return withCore(places, session, 'temporary', measure, pack);
  });

/** A probe and a photo that does not show its person: the best score, and how many faces it is the best of. */
function strangersIn(core: Core, { eventId, files, truth }: LabelledEvent, probes: readonly ProbeScores[]) {
  const facesOf = new Map<string, number>();
  for (const [file, name] of files) {
    const photoId = core.store.photos.idOf(eventId, file);
    facesOf.set(name, photoId === undefined ? 0 : core.store.faces.boxesOf(photoId).length);
  }
  const scores: number[] = [];
  let pairs = 0;
  for (const probe of probes) {
    for (const [photo, score] of probe.scores ?? []) {
      if (truth.photos[photo].includes(probe.person)) continue;
      scores.push(score);
      pairs += facesOf.get(photo) ?? 0;
    }
  }
  return { scores, pairs };
}
