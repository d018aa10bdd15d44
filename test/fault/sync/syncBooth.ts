import { setTimeout as sleep } from 'node:timers/promises';
import { createToldBooth, type ToldBooth } from '../toldBooth.ts';
import type { Named } from './hands.ts';
import { saidSchema, type Command, type Said, type Settings } from './syncProcess.ts';

type Standing = Extract<Said, { say: 'standing' }>;

/** A booth that syncs. */
export interface SyncBooth extends Pick<ToldBooth<Command>, 'kill' | 'stop'> {
  /** With the clocks and the names that it had before. */
  start(): Promise<void>;
  tell(command: Command): void;
  /** As it was after all that it has been told. */
  standing(): Promise<Standing>;
  /** What it has called things, over all its lives. */
  named(): readonly Named[];
}

const patienceMs = 60_000;

/** @param environment with its key to the cloud */
export function createSyncBooth(
  settings: Pick<Settings, 'config' | 'pagesDir'>,
  environment: Record<string, string>,
): SyncBooth {
  const named: Named[] = [];
  const clocks = { aheadMs: 0, passedMs: 0 };
  let isDown = false;
  let told = 0;
  let standing: Standing | undefined;
  const booth = createToldBooth<Command, Said>({
    program: 'sync/syncProcess.ts',
    environment,
    saidSchema,
    onSaid: (said, isOfNow) => {
      if (said.say === 'named') named.push(said);
      else if (isOfNow) standing = said;
    },
  });

  function tell(command: Command): void {
    if (command.do === 'names') isDown = command.isDown;
    if (command.do === 'set-clock') clocks.aheadMs = command.aheadMs;
    if (command.do === 'pass') clocks.passedMs += command.ms;
    told += 1;
    booth.tell(command);
  }

  const standingAfter = (commands: number) =>
    standing !== undefined && standing.obeyed >= commands ? standing : undefined;

  async function said(): Promise<Standing> {
    const startMs = performance.now();
    const wanted = told;
    // It may have been said before it came to more than that.
    standing = undefined;
    for (;;) {
      const now = standingAfter(wanted);
      if (now !== undefined) return now;
      if (performance.now() - startMs > patienceMs) throw new Error('it does not answer');
      await sleep(20);
    }
  }

  return {
    ...booth,
    start: async () => {
      told = 0;
      booth.start({ ...settings, ...clocks });
      if (isDown) tell({ do: 'names', isDown });
      await said();
    },
    tell,
    standing: said,
    named: () => named,
  };
}
