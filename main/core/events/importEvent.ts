import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { EventKeys } from '../keys/index.ts';
import { eventRecordSchema, libraryFaultOf, type EventRecord, type Store } from '../store/index.ts';
import { brandingDirOf } from './branding.ts';
import {
  exportedEventSchema,
  folderVersion,
  names,
  problemsOf,
  readChecksums,
  versionSchema,
  type Problem,
} from './eventFolder.ts';

const recordsAtOnce = 500;

export type Imported = { at: 'imported'; eventId: number } | { at: 'damaged'; problems: Problem[] };

/**
 * Brings an exported event in. All of the folder is checked before anything of it is taken; `onBegin` is told of the event before its first row, so
 * that one that is cut off can be cleared away.
 *
 * @returns transfer.not-an-event, transfer.newer, transfer.event-exists, event.code-taken, keys.wrong-passphrase or a library.* fault
 */
export async function importEvent(deps: {
  folder: string;
  passphrase: string;
  unwrap: (wrapped: unknown, passphrase: string) => Promise<Result<Buffer>>;
  eventKeys: EventKeys;
  store: Store;
  libraryDir: string;
  originalPathOf: (eventUid: string, sha256: string) => string;
  signal: AbortSignal;
  onBegin: (uid: string) => Result<void>;
  onFiles: (done: number, total: number) => void;
}): Promise<Result<Imported>> {
  const { folder, store, signal, onFiles } = deps;
  const checksums = await readChecksums(folder);
  if (checksums === undefined) return fail('transfer.not-an-event', folder);
  // Each file is read twice: to be checked, and to be copied.
  const total = checksums.size * 2;
  let done = 0;
  const next = () => onFiles((done += 1), total);

  const problems = await problemsOf(folder, checksums, next);
  if (problems.length > 0) return ok({ at: 'damaged', problems });

  const about = await readJson(path.join(folder, names.event));
  const version = versionSchema.safeParse(about);
  if (version.success && version.data.version > folderVersion) return fail('transfer.newer', folder);
  const parsed = exportedEventSchema.safeParse(about);
  if (!parsed.success) return fail('transfer.not-an-event', folder);
  const event = parsed.data;
  if (store.events.findByUid(event.uid) !== undefined) return fail('transfer.event-exists', event.code);
  if (store.events.find(event.code) !== undefined) return fail('event.code-taken', event.code);
  const key = event.key === null ? ok(undefined) : await deps.unwrap(event.key, deps.passphrase);
  if (!key.ok) return key;

  try {
    const begun = deps.onBegin(event.uid);
    if (!begun.ok) return begun;
    for (const file of checksums.keys()) {
      if (signal.aborted) return fail('engine.stopping');
      await bring(file);
      next();
    }
    const added = store.events.add({
      uid: event.uid,
      code: event.code,
      // What was being served elsewhere is looked at here first.
      state: event.state === 'open' ? 'closed' : event.state,
      settings: JSON.stringify(event.settings),
      createdAt: event.createdAt,
      codeSalt: Buffer.from(event.codeSalt, 'base64'),
      ...(key.value === undefined ? {} : { sealedKey: deps.eventKeys.wrap(event.uid, key.value) }),
    });
    if (!added.ok) return added;
    key.value?.fill(0);
    const recorded = await addRecords(added.value.id);
    return recorded.ok ? ok({ at: 'imported', eventId: added.value.id }) : recorded;
  } catch (error) {
    const fault = libraryFaultOf(error);
    if (fault === undefined) throw error;
    return fail(fault.code, fault.detail);
  }

  /** Copies a photo or a picture to where the library has it. */
  async function bring(file: string): Promise<void> {
    const [kind] = file.split('/');
    const name = path.posix.basename(file);
    if (kind === names.photos) {
      await copy(file, deps.originalPathOf(event.uid, path.posix.parse(name).name));
    } else if (kind === names.branding) {
      await copy(file, path.join(brandingDirOf(deps.libraryDir), name));
    }
  }

  async function copy(file: string, to: string): Promise<void> {
    await mkdir(path.dirname(to), { recursive: true });
    const unfinished = `${to}.part`;
    await copyFile(path.join(folder, ...file.split('/')), unfinished);
    const handle = await open(unfinished, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(unfinished, to);
  }

  async function addRecords(eventId: number): Promise<Result<void>> {
    const lines = createInterface({ input: createReadStream(path.join(folder, names.records)), crlfDelay: Infinity });
    let batch: EventRecord[] = [];
    for await (const line of lines) {
      const record = eventRecordSchema.safeParse(jsonOf(line));
      if (!record.success) return fail('transfer.not-an-event', names.records);
      batch.push(record.data);
      if (batch.length < recordsAtOnce) continue;
      const added = store.records.add(eventId, batch);
      if (!added.ok) return added;
      batch = [];
    }
    return store.records.add(eventId, batch);
  }
}

const readJson = async (file: string): Promise<unknown> => jsonOf(await readFile(file, 'utf8').catch(() => ''));

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
