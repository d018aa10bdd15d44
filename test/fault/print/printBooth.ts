import { setTimeout as sleep } from 'node:timers/promises';
import { createToldBooth, type ToldBooth } from '../toldBooth.ts';
import { saidSchema, type Command, type Said } from './printProcess.ts';

type Standing = Extract<Said, { say: 'standing' }>;

/** A booth that prints. */
export interface PrintBooth extends Pick<ToldBooth<Command>, 'kill' | 'tell' | 'stop'> {
  start(): void;
  standing(): Standing | undefined;
  /** Orders that it was told of and has not answered yet. */
  unanswered(): number;
  /** What it has said to have taken, over all its lives: the sheets of each order. */
  ordered(): ReadonlyMap<string, number>;
  until(what: string, check: (standing: Standing) => boolean, patienceMs: number): Promise<Standing>;
}

/** @param environment for whatever CUPS is to be reached by */
export function createPrintBooth(config: object, environment: Record<string, string>): PrintBooth {
  const ordered = new Map<string, number>();
  let standing: Standing | undefined;
  let unanswered = 0;
  const booth = createToldBooth<Command, Said>({
    program: 'print/printProcess.ts',
    environment,
    saidSchema,
    onSaid: (said, isOfNow) => {
      if (said.say === 'ordered' && said.orderId !== undefined) ordered.set(said.orderId, said.copies);
      if (!isOfNow) return;
      // What it said before it took an order does not hold any longer.
      standing = said.say === 'ordered' ? undefined : said;
      if (said.say === 'ordered') unanswered -= 1;
    },
  });

  return {
    ...booth,
    start: () => {
      standing = undefined;
      unanswered = 0;
      booth.start(config);
    },
    tell: (command) => {
      if (command.do === 'order') unanswered += 1;
      booth.tell(command);
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
  };
}
