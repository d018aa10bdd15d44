import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Core, IndexMatch } from '../../core/index.ts';
import { ingestFiles, type Ingested } from '../ingestFiles.ts';
import { remarkOf } from '../output.ts';
import { createProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import type { Truth } from './labels.ts';
import type { ProbeScores } from './metrics.ts';

/** A labelled folder whose photos are in the library. */
export interface LabelledEvent extends Ingested {
  dir: string;
  truth: Truth;
  /** Paths to the names in the labels. */
  files: ReadonlyMap<string, string>;
}

export async function takeLabelled(
  core: Core,
  dir: string,
  truth: Truth,
  session: Session,
): Promise<Result<LabelledEvent>> {
  const files = new Map(Object.keys(truth.photos).map((name) => [path.resolve(dir, name), name]));
  const ingested = await ingestFiles(core, `evaluate:${path.resolve(dir)}`, [...files.keys()], session);
  return ingested.ok ? ok({ ...ingested.value, dir, truth, files }) : ingested;
}

/** Each probe against each photo, however unlike. @param scoreOf what counts of a match */
export async function scoreProbes(
  core: Core,
  { eventId, dir, truth, files }: LabelledEvent,
  { output, config, signal }: Session,
  scoreOf: (match: IndexMatch) => number,
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
      const compared = await core.matching.compare(eventId, {
        packKey: probe.value.packKey,
        template: probe.value.face.template,
      });
      if (!compared.ok) return compared;
      const scores = new Map<string, number>();
      const faces = new Map<string, number>();
      for (const match of compared.value) {
        for (const file of core.store.photos.originsOf(match.photoId)) {
          const photo = files.get(file);
          if (photo === undefined) continue;
          scores.set(photo, scoreOf(match));
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
