import type { Logger } from 'pino';
import type { Engine, Health, LogLine, Result, WallPhoto } from '../../../preload/index.ts';
import type { Spawner } from '../../processes/index.ts';
import type { Config } from '../config/index.ts';
import type { Branding } from '../events/index.ts';
import type { Ground } from '../ground/index.ts';
import type { Visits } from '../guests/index.ts';
import type { Library, Reembedding } from '../library/index.ts';
import type { FaceIndex, Vision } from '../matching/index.ts';
import type { Printing } from '../printing/index.ts';
import type { Sources } from '../sources/index.ts';
import type { Sync } from '../sync/index.ts';
import type { Access } from './access.ts';

/** What there is while an event can be worked on. */
export interface Services {
  eventId: number;
  visits: Visits;
  library: Library;
  vision: Vision;
  index: FaceIndex;
  branding: Branding;
  sources: Sources;
  reembedding: Reembedding | undefined;
  printing: Printing | undefined;
  sync: Sync | undefined;
}

/** The ground, with who may come to the desk. */
export interface OpenGround extends Ground {
  access: Access;
}

/** All that the staff's views are answered from. */
export interface Desk {
  config: Config;
  modelsDir: string;
  spawner: Spawner;
  log: Logger;
  version: string;
  logTail: () => LogLine[];
  /** undefined while the library is not open. */
  ground: () => OpenGround | undefined;
  engine: () => Engine;
  services: () => Services | undefined;
  /** What the guests' window said of its camera. */
  kioskCamera: () => Health['camera'];
  /** The newest photos, newest first. */
  wall: () => WallPhoto[];
  /** Why no photo is taken in any more. */
  halted: () => Extract<Result<never>, { ok: false }>['fault'] | undefined;
  /** Something that the engine depends on is another now: events, keys, settings. */
  refresh: () => void;
  quit: () => void;
}
