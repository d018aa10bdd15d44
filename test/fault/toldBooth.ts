import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

/** A process that is told what to do, and says how it stands, as lines of JSON; in a process group of its own. */
export interface ToldBooth<Command> {
  /** @param settings JSON on its command line */
  start(settings: object): void;
  /** SIGKILL of the whole group. */
  kill(): Promise<void>;
  tell(command: Command): void;
  /** Tells it to end, and waits until it has. */
  stop(): Promise<void>;
}

const stopPatienceMs = 20_000;

/**
 * @param deps.program in this folder
 * @param deps.onSaid of it as it is now, or of one that has been killed since
 */
export function createToldBooth<Command, Said>(deps: {
  program: string;
  environment: Record<string, string>;
  saidSchema: z.ZodType<Said>;
  onSaid: (said: Said, isOfNow: boolean) => void;
}): ToldBooth<Command> {
  const { program, environment, saidSchema, onSaid } = deps;
  let child: ChildProcess | undefined;

  const hasEnded = (process: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (process.exitCode !== null || process.signalCode !== null) resolve();
      else process.once('exit', () => resolve());
    });

  return {
    start: (settings) => {
      const started = spawn(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), path.join(import.meta.dirname, program), JSON.stringify(settings)],
        {
          env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' },
          stdio: ['pipe', 'pipe', 'inherit'],
          detached: true,
        },
      );
      child = started;
      // It is told things while it is being killed.
      started.stdin.on('error', () => undefined);
      createInterface({ input: started.stdout }).on('line', (line) =>
        onSaid(saidSchema.parse(JSON.parse(line)), child === started),
      );
    },

    kill: async () => {
      const victim = child;
      if (victim?.pid === undefined) return;
      process.kill(-victim.pid, 'SIGKILL');
      await hasEnded(victim);
    },

    tell: (command) => void child?.stdin?.write(`${JSON.stringify(command)}\n`),

    stop: async () => {
      const ending = child;
      if (ending?.pid === undefined) return;
      const { pid } = ending;
      ending.kill('SIGTERM');
      const timer = setTimeout(() => process.kill(-pid, 'SIGKILL'), stopPatienceMs);
      await hasEnded(ending);
      clearTimeout(timer);
    },
  };
}
