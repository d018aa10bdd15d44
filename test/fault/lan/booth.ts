import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { settingsSchema } from './boothProcess.ts';
import { standingSchema } from './boothProcess.ts';

export type Standing = z.infer<typeof standingSchema>;

/** A booth whose phones are to be attacked. */
export interface LanBooth {
  standing(): Standing | undefined;
  isAlive(): boolean;
  /** The most memory since the last time this was asked, bytes. */
  peakBytes(): number;
  /** Everything it has logged, a line each. */
  log(): readonly string[];
  until(what: string, check: (standing: Standing) => boolean, patienceMs?: number): Promise<Standing>;
  stop(): Promise<void>;
}

const stopPatienceMs = 15_000;

export function startLanBooth(settings: z.infer<typeof settingsSchema>): LanBooth {
  const program = path.join(import.meta.dirname, 'boothProcess.ts');
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, JSON.stringify(settings)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let standing: Standing | undefined;
  let peakBytes = 0;
  let isAlive = true;
  const log: string[] = [];
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      isAlive = false;
      resolve();
    }),
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    standing = standingSchema.parse(JSON.parse(line));
    peakBytes = Math.max(peakBytes, standing.rssBytes);
  });
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));

  return {
    standing: () => standing,
    isAlive: () => isAlive,
    peakBytes: () => {
      const most = peakBytes;
      peakBytes = standing?.rssBytes ?? 0;
      return most;
    },
    log: () => log,
    until: async (what, check, patienceMs = 60_000) => {
      const startMs = performance.now();
      while (standing === undefined || !check(standing)) {
        if (!isAlive) throw new Error(`the booth has ended: ${log.slice(-5).join('\n')}`);
        if (performance.now() - startMs > patienceMs) throw new Error(`${what}: ${JSON.stringify(standing)}`);
        await sleep(20);
      }
      return standing;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
