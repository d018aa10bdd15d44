import type { UtilityProcess } from 'electron';
import { exitOf, hostRequestSchema, workersEnvironment, type HostMessage } from '../processes/index.ts';
import { forkUtility, type Forked } from './forkUtility.ts';
import type { PrintDesk } from './print/index.ts';
import { unwrap, wrap } from './secrets.ts';

/**
 * Answers what core asks of its Host, until core ends; the workers that it asked for end with it. See [Note: Worker ports].
 *
 * @param deps.printDesk that of the whole program: it prints for whichever core there is
 * @param deps.onQuit core wants the whole program to end
 */
export function hostCore(
  core: UtilityProcess,
  deps: { entriesDir: string; printDesk: PrintDesk; onQuit: () => void },
): void {
  const { entriesDir, printDesk, onQuit } = deps;
  const workers = new Map<number, Forked>();
  const killed = new Set<number>();

  core.on('message', (raw: unknown) => {
    const request = hostRequestSchema.parse(raw);
    switch (request.type) {
      case 'host:spawn':
        spawn(request.childId, request.entry);
        return;
      case 'host:kill':
        killed.add(request.childId);
        workers.get(request.childId)?.kill();
        return;
      case 'host:wrap':
        void wrap(request.value).then((value) => answer({ type: 'host:secret', id: request.id, value }));
        return;
      case 'host:unwrap':
        void unwrap(request.value).then((value) => answer({ type: 'host:secret', id: request.id, value }));
        return;
      case 'host:printers':
        void printDesk.list().then((printers) => answer({ type: 'host:printer-list', id: request.id, printers }));
        return;
      case 'host:print':
        void printDesk.print(request.page).then((outcome) => answer({ type: 'host:printed', id: request.id, outcome }));
        return;
      case 'host:quit':
        onQuit();
        return;
    }
  });
  core.once('exit', () => {
    for (const { kill } of workers.values()) kill();
  });

  function answer(message: HostMessage): void {
    core.postMessage(message);
  }

  function spawn(childId: number, entry: string): void {
    const worker = forkUtility(entriesDir, entry, workersEnvironment(process.env));
    workers.set(childId, worker);
    worker.child.once('spawn', () => {
      const spawned: HostMessage = { type: 'host:spawned', childId, pid: worker.child.pid };
      core.postMessage(spawned, [worker.port]);
    });
    worker.child.once('exit', (code) => {
      workers.delete(childId);
      const exited: HostMessage = { type: 'host:exited', childId, exit: exitOf(code, null, killed.delete(childId)) };
      core.postMessage(exited);
    });
  }
}
