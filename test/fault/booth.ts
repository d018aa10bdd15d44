import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { standingSchema, type Standing } from './boothProcess.ts';

/** What is killed. */
export type Victim = 'core' | 'worker' | 'group';
export const victims: readonly Victim[] = ['core', 'worker', 'group'];

/** A booth in a process group of its own. */
export interface FaultBooth {
  /** As it said last. */
  standing(): Standing | undefined;
  isAlive(): boolean;
  /** SIGKILL. @returns false where there was nothing to kill */
  kill(victim: Victim, random: () => number): boolean;
  start(): void;
  until(what: string, check: (standing: Standing) => boolean, patienceMs?: number): Promise<Standing>;
  /** Tells it to end, and waits until it has. */
  stop(): Promise<void>;
  largest(): { coreRss: number; workerRss: number };
}

const stopPatienceMs = 20_000;

export function createBooth(settings: { config: object; hasJumpingClock?: boolean }): FaultBooth {
  const program = path.join(import.meta.dirname, 'boothProcess.ts');
  let child: ChildProcess | undefined;
  let standing: Standing | undefined;
  let isAlive = false;
  const largest = { coreRss: 0, workerRss: 0 };

  function start(): void {
    standing = undefined;
    const loader = import.meta.resolve('tsx');
    const started = spawn(process.execPath, ['--import', loader, program, JSON.stringify(settings)], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    child = started;
    isAlive = true;
    started.once('exit', () => {
      if (child === started) isAlive = false;
    });
    createInterface({ input: started.stdout }).on('line', (line) => {
      if (child !== started) return;
      standing = standingSchema.parse(JSON.parse(line));
      largest.coreRss = Math.max(largest.coreRss, standing.coreRss);
      largest.workerRss = Math.max(largest.workerRss, standing.workerRss);
    });
  }

  return {
    standing: () => standing,
    isAlive: () => isAlive,
    start,
    largest: () => largest,

    kill: (victim, random) => {
      const pid = child?.pid;
      if (pid === undefined || !isAlive) return false;
      const workers = standing?.workers ?? [];
      const target = { core: pid, worker: workers[Math.floor(random() * workers.length)] ?? 0, group: -pid }[victim];
      if (target === 0) return false;
      try {
        process.kill(target, 'SIGKILL');
        return true;
      } catch {
        // It has ended by itself meanwhile.
        return false;
      }
    },

    until: async (what, check, patienceMs = 120_000) => {
      const startMs = performance.now();
      while (standing === undefined || !check(standing)) {
        if (performance.now() - startMs > patienceMs) throw new Error(`${what}: ${JSON.stringify(standing)}`);
        await sleep(50);
      }
      return standing;
    },

    stop: async () => {
      const ending = child;
      if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
      const { pid } = ending;
      const ended = new Promise((resolve) => ending.once('exit', resolve));
      ending.kill('SIGTERM');
      const timer = setTimeout(() => process.kill(-pid, 'SIGKILL'), stopPatienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
