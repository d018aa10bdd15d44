import path from 'node:path';
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';

/** A utility process that has been handed one end of a channel, and the other end. See [Note: Worker ports]. */
export interface Forked {
  child: UtilityProcess;
  port: MessagePortMain;
  /** SIGKILL: utilityProcess itself only asks (SIGTERM), which a process that hangs does not hear. */
  kill: () => void;
}

export function forkUtility(entriesDir: string, entry: string, env = process.env): Forked {
  const child = utilityProcess.fork(path.join(entriesDir, `${entry}.js`), [], {
    env,
    stdio: 'inherit',
    serviceName: `findme ${entry}`,
  });
  const { port1, port2 } = new MessageChannelMain();
  child.postMessage({ type: 'port' }, [port1]);
  let isWanted = true;
  child.once('spawn', () => {
    if (!isWanted) killNow();
  });
  const killNow = () => {
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  return {
    child,
    port: port2,
    kill: () => {
      isWanted = false;
      killNow();
    },
  };
}
