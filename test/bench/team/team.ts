import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Processes that all do the same, each one thing at a time. */
export interface Team {
  /** Gives each question to whoever is free first. @returns the answers in the order of the questions */
  ask(questions: readonly Serializable[]): Promise<unknown[]>;
  readonly stop: () => Promise<void>;
}

/**
 * @param entry a TypeScript file of test/bench that calls `answer` (child.ts), as a path in there
 * @param size how many processes
 */
export async function startTeam(entry: string, args: readonly string[], size: number): Promise<Team> {
  const file = path.join(import.meta.dirname, '..', entry);
  const children = Array.from({ length: size }, () =>
    fork(file, [...args], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      // What libraries print of themselves does not belong into the result.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  await Promise.all(children.map(hear));
  return {
    ask: async (questions) => {
      const answers: unknown[] = [];
      let next = 0;
      const work = async (child: ChildProcess) => {
        while (next < questions.length) {
          const mine = next++;
          child.send(questions[mine]);
          answers[mine] = await hear(child);
        }
      };
      await Promise.all(children.map(work));
      return answers;
    },
    stop: async () => {
      const ended = children.filter(isRunning).map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ended);
    },
  };
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** The next message of the process; its end instead of one is an error. */
async function hear(child: ChildProcess): Promise<unknown> {
  const quiet = new AbortController();
  const { signal } = quiet;
  const end = once(child, 'exit', { signal }).then(() => {
    throw new Error(`${child.spawnfile} ended before it was done`);
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), end])) as [unknown];
    return message;
  } finally {
    quiet.abort();
    end.catch(() => undefined);
  }
}
