import { exitOf, type Spawner } from '../processes/index.ts';
import { forkUtility } from './forkUtility.ts';

/** Spawns with utilityProcess.fork: for the children that shell itself supervises. */
export function createUtilitySpawner({ entriesDir }: { entriesDir: string }): Spawner {
  return ({ entry }) => {
    const { child, port, kill } = forkUtility(entriesDir, entry);
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
