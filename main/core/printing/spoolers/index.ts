// Who brings a page to a printer on this system.
import { createHash } from 'node:crypto';
import os from 'node:os';
import type { Logger } from 'pino';
import { createHostPrinters, type HostLine } from '../../../processes/index.ts';
import type { Config } from '../../config/index.ts';
import { createCupsSpooler } from './cups/index.ts';
import { createHostSpooler } from './hostSpooler.ts';
import type { Spooler } from './spooler.ts';

export type { JobState, Media, Printer, PrintDocument, PrinterTrouble, Spooler } from './spooler.ts';

/**
 * CUPS, which tells what becomes of a job; on Windows and macOS, unless the settings say otherwise, Electron's own printing.
 *
 * @param deps.line to shell; without one there is no Electron to print with
 */
export function createSpooler(deps: { config: Config; line: HostLine | undefined; log: Logger }): Spooler {
  const { line, log } = deps;
  const { libraryDir, printing } = deps.config;
  const isCups = printing.spooler === 'cups' || (printing.spooler === 'auto' && process.platform === 'linux');
  if (!isCups && line !== undefined) return createHostSpooler({ printers: createHostPrinters(line), log });
  return createCupsSpooler({ owner: ownerOf(libraryDir), log });
}

/** Tells the jobs of this booth from those of another that prints on the same server. */
const ownerOf = (libraryDir: string): string =>
  createHash('sha256').update(`${os.hostname()} ${libraryDir}`).digest('hex').slice(0, 8);
