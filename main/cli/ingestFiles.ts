import path from 'node:path';
import { fail, ok, type Fault, type Result } from '../../preload/index.ts';
import { listFolder, type Core } from '../core/index.ts';
import { noteOf, remarkOf, type Remark } from './output.ts';
import { createProgress } from './progress.ts';
import type { Session } from './session.ts';

/** What came of a list of files. */
export interface Ingested {
  eventId: number;
  /** New to the event, and those that it had. */
  taken: number;
  known: number;
  /** Of these files: why they are not searched. */
  problems: Remark[];
  /** Of these files: searched, but worth a word. */
  notes: Remark[];
  milliseconds: number;
}

/** Each folder is an event of its own unless another is named. */
export const eventOfFolder = (dir: string): string => `folder:${path.resolve(dir)}`;

/** The photos of a folder, or the fault of a folder without any. */
export async function photosOf(
  dir: string,
  { output, config }: Session,
): Promise<Result<{ files: string[]; unreadable: Remark[] }>> {
  const listed = await listFolder(dir, config.libraryDir);
  if (!listed.ok) return listed;
  const { files } = listed.value;
  const unreadable = listed.value.unreadable.map(({ path: subject, code }) =>
    remarkOf(subject, { code }, config.language),
  );
  unreadable.forEach((remark) => output.remark(remark));
  return files.length === 0 ? fail('folder.no-photos', dir) : ok({ files, unreadable });
}

/**
 * Takes files into an event and waits until each is indexed or quarantined. What is wrong with one file is said of that file, and the rest goes on.
 *
 * @returns library.* when no further file can be taken, engine.stopping at Ctrl-C: what was taken until then stays
 */
export async function ingestFiles(
  core: Core,
  eventCode: string,
  files: readonly string[],
  session: Session,
  { isRetry = false } = {},
): Promise<Result<Ingested>> {
  const { output, signal, config } = session;
  const startMs = performance.now();
  const eventId = core.events.open(eventCode).id;
  const problems: Remark[] = [];
  const addProblem = (file: string, fault: Fault) => {
    const remark = remarkOf(file, fault, config.language);
    problems.push(remark);
    output.remark(remark);
  };

  const progress = createProgress(files.length, 'photos');
  let settled = 0;
  let known = 0;
  let taken = 0;
  let halted: Fault | undefined;
  const showProgress = () => progress.update(Math.min(files.length, settled + problems.length));
  const onSearched = () => {
    settled += 1;
    showProgress();
  };
  const onHalted = ({ fault }: { fault: Fault }) => {
    halted = fault;
  };
  core.library.events.on('photo:indexed', onSearched);
  core.library.events.on('photo:quarantined', onSearched);
  core.library.events.on('library:halted', onHalted);
  try {
    core.library.resume(eventId);
    const retried = isRetry ? core.library.retry(eventId) : ok(undefined);
    if (!retried.ok) return retried;
    for (const file of files) {
      if (signal.aborted) return fail('engine.stopping');
      if (halted !== undefined) break;
      const outcome = await core.library.take(eventId, file);
      if (outcome.ok) {
        if (outcome.value.isNew) taken += 1;
        else known += 1;
        if (!outcome.value.isPending) settled += 1;
      } else if (isOfOneFile(outcome.fault)) {
        addProblem(file, outcome.fault);
      } else {
        return outcome;
      }
      showProgress();
    }
    await core.library.settled();
  } finally {
    progress.end();
    core.library.events.off('photo:indexed', onSearched);
    core.library.events.off('photo:quarantined', onSearched);
    core.library.events.off('library:halted', onHalted);
  }
  if (signal.aborted) return fail('engine.stopping');
  if (halted !== undefined) return { ok: false, fault: halted };

  const wanted = new Set(files);
  for (const { path, fault } of core.store.photos.listQuarantined(eventId)) {
    if (wanted.has(path)) addProblem(path, fault);
  }
  const notes = core.store.photos
    .listNoted(eventId)
    .filter(({ path }) => wanted.has(path))
    .flatMap(({ path, notes: codes }) => codes.map((code) => noteOf(path, code, config.language)));
  notes.forEach((note) => output.remark(note));
  return ok({ eventId, taken, known, problems, notes, milliseconds: performance.now() - startMs });
}

const isOfOneFile = ({ code }: Fault): boolean => code.startsWith('photo.');
