import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { saidSchema, type Command, type Said } from './printProcess.ts';

type Standing = Extract<Said, { say: 'standing' }>;

/** A booth that prints, in a process group of its own. */
export interface PrintBooth {
  start(): void;
  /** SIGKILL of the whole group. */
  kill(): Promise<void>;
  tell(command: Command): void;
  standing(): Standing | undefined;
  /** Orders that it was told of and has not answered yet. */
  unanswered(): number;
  /** What it has said to have taken, over all its lives: the sheets of each order. */
  ordered(): ReadonlyMap<string, number>;
  until(what: string, check: (standing: Standing) => boolean, patienceMs: number): Promise<Standing>;
  /** Tells it to end, and waits until it has. */
  stop(): Promise<void>;
}

const stopPatienceMs = 20_000;

/** @param environment for whatever CUPS is to be reached by */
export function createPrintBooth(config: object, environment: Record<string, string>): PrintBooth {
  const ordered = new Map<string, number>();
  let child: ChildProcess | undefined;
  let standing: Standing | undefined;
  let unanswered = 0;

  const hasEnded = (process: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (process.exitCode !== null || process.signalCode !== null) resolve();
      else process.once('exit', () => resolve());
    });

  return {
    start: () => {
      standing = undefined;
      unanswered = 0;
      const program = path.join(import.meta.dirname, 'printProcess.ts');
      const started = spawn(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), program, JSON.stringify(config)],
        {
          env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' },
          stdio: ['pipe', 'pipe', 'inherit'],
          detached: true,
        },
      );
      child = started;
      // It is told things while it is being killed.
      started.stdin.on('error', () => undefined);
      createInterface({ input: started.stdout }).on('line', (line) => {
        const said = saidSchema.parse(JSON.parse(line));
        if (said.say === 'ordered' && said.orderId !== undefined) ordered.set(said.orderId, said.copies);
        if (child !== started) return;
        // What it said before it took an order does not hold any longer.
        standing = said.say === 'ordered' ? undefined : said;
        if (said.say === 'ordered') unanswered -= 1;
      });
    },

    kill: async () => {
      const victim = child;
      if (victim?.pid === undefined) return;
      process.kill(-victim.pid, 'SIGKILL');
      await hasEnded(victim);
    },

    tell: (command) => {
      if (command.do === 'order') unanswered += 1;
      child?.stdin?.write(`${JSON.stringify(command)}\n`);
    },
    unanswered: () => unanswered,
    standing: () => standing,
    ordered: () => ordered,

    until: async (what, check, patienceMs) => {
      const startMs = performance.now();
      while (standing === undefined || !check(standing)) {
        if (performance.now() - startMs > patienceMs) throw new Error(`${what}: ${JSON.stringify(standing)}`);
        await sleep(50);
      }
      return standing;
    },

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
