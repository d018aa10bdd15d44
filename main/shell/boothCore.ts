import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannelMain, type UtilityProcess, type WebContents } from 'electron';
import { boothContract, type BoothContract, type WindowKind, type WindowMessage } from '../../preload/index.ts';
import { createSupervisor, type Reply, type Request } from '../processes/index.ts';
import { hostCore } from './hostCore.ts';
import { createPrintDesk } from './print/index.ts';
import { createUtilitySpawner } from './utilitySpawner.ts';

/** Core as shell has it: one that is started again whenever it ends, and that every window has a line to. */
export interface BoothCore {
  /** Again and again, until there is one. */
  start(): Promise<void>;
  /** Waits for the core that comes after one that died. @returns undefined if there will be none, or none answers in time */
  ask<M extends keyof BoothContract>(
    method: M,
    payload: Request<BoothContract, M>,
  ): Promise<Reply<BoothContract, M> | undefined>;
  /** Gives the window a line to core, now and whenever there is a new one, until the window is gone. */
  connect: (contents: WebContents, kind: WindowKind) => void;
  stop(): Promise<void>;
}

// A call that is late ends core, and every visit with it: it must be hung, not merely waiting for a slow picture on a busy machine.
const callDeadlineMs = 180_000;
// Between two starts of a core that does not get as far as answering.
const retryAfterMs = 2_000;

/** @param deps.onQuit staff want the whole booth to end */
export function createBoothCore({ entriesDir, onQuit }: { entriesDir: string; onQuit: () => void }): BoothCore {
  const windows = new Map<WebContents, WindowKind>();
  const printDesk = createPrintDesk();
  let process: UtilityProcess | undefined;
  let isStopped = false;

  const supervisor = createSupervisor({
    contract: boothContract,
    spawner: createUtilitySpawner({
      entriesDir,
      onFork: (child) => {
        process = child;
        hostCore(child, { entriesDir, printDesk, onQuit });
      },
    }),
    spec: { entry: 'core', settings: {} },
    startDeadlineMs: 15_000,
    stopDeadlineMs: 5_000,
    maxRssBytes: Infinity,
    onReady: () => windows.forEach((kind, contents) => handOver(contents, kind)),
    onExit: () => {
      for (const contents of windows.keys()) contents.send('window:lost');
    },
  });

  function handOver(contents: WebContents, kind: WindowKind): void {
    const { port1, port2 } = new MessageChannelMain();
    const message: WindowMessage = { type: 'booth:window', kind };
    process?.postMessage(message, [port1]);
    contents.postMessage('window:port', null, [port2]);
  }

  return {
    start: async () => {
      while (!isStopped) {
        const outcome = await supervisor.start();
        if (outcome.at === 'ready') return;
        console.error(`core does not start: ${outcome.reason}`);
        await sleep(retryAfterMs);
      }
    },

    ask: async (method, payload) => {
      const outcome = await supervisor.call(method, payload, { deadlineMs: callDeadlineMs });
      return outcome.at === 'done' ? outcome.value : undefined;
    },

    connect: (contents, kind) => {
      if (!windows.has(contents)) {
        windows.set(contents, kind);
        contents.once('destroyed', () => windows.delete(contents));
      }
      if (supervisor.isReady()) handOver(contents, kind);
    },

    stop: () => {
      isStopped = true;
      return supervisor.stop();
    },
  };
}
