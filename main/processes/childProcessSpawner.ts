import { fork } from 'node:child_process';
import path from 'node:path';
import { exitOf, type Spawner } from './spawner.ts';
import { workersEnvironment } from './workersEnvironment.ts';

/** Spawns with child_process.fork: for cli and tests, which run core in a plain Node process. */
export function createChildProcessSpawner({ entriesDir }: { entriesDir: string }): Spawner {
  return (spec) => {
    // 'advanced' is the structured clone: typed arrays arrive as typed arrays.
    const child = fork(path.join(entriesDir, `${spec.entry}.js`), {
      serialization: 'advanced',
      env: workersEnvironment(process.env),
      // A group of its own: the terminal's Ctrl-C is for the parent, which decides when this one ends. (On Windows it would open a console.)
      detached: process.platform !== 'win32',
    });
    let wasKilled = false;
    return {
      pid: child.pid,
      post: (message) => {
        // A child that is gone reports through its exit; the message has no one left to reach.
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        let isOver = false;
        const over = (code: number | null, signal: string | null) => {
          if (isOver) return;
          isOver = true;
          listener(exitOf(code, signal, wasKilled));
        };
        child.on('exit', over);
        child.on('error', () => over(null, null));
      },
      kill: () => {
        wasKilled = true;
        child.kill('SIGKILL');
      },
    };
  };
}
