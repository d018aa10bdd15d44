import type { UtilityProcess } from 'electron';
import { exitOf, type Spawner } from '../processes/index.ts';
import { forkUtility } from './forkUtility.ts';

/**
 * Spawns with utilityProcess.fork: for the children that shell itself supervises.
 *
 * @param onFork is handed each child as it is forked
 */
export function createUtilitySpawner({
  entriesDir,
  onFork,
}: {
  entriesDir: string;
  onFork?: (child: UtilityProcess) => void;
}): Spawner {
  return ({ entry }) => {
    const { child, port, kill } = forkUtility(entriesDir, entry);
    onFork?.(child);
    let wasKilled = false;
    return {
      get pid() {
        return child.pid;
      },
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', ({ data }) => listener(data));
        port.start();
      },
      onExit: (listener) => child.once('exit', (code) => listener(exitOf(code, null, wasKilled))),
      kill: () => {
        wasKilled = true;
        kill();
      },
    };
  };
}
