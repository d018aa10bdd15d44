import type { UtilityProcess } from 'electron';
import { exitOf, hostRequestSchema, type HostMessage } from '../processes/index.ts';
import { forkUtility, type Forked } from './forkUtility.ts';
import { unwrap, wrap } from './secrets.ts';

/**
 * Answers what core asks of its Host, until core ends; the workers that it asked for end with it. See [Note: Worker ports].
 *
 * @param deps.onQuit core wants the whole program to end
 */
export function hostCore(core: UtilityProcess, deps: { entriesDir: string; onQuit: () => void }): void {
  const { entriesDir, onQuit } = deps;
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
        void wrap(request.value).then((value) => answer(request.id, value));
        return;
      case 'host:unwrap':
        void unwrap(request.value).then((value) => answer(request.id, value));
        return;
      case 'host:quit':
        onQuit();
        return;
    }
  });
  core.once('exit', () => {
    for (const { kill } of workers.values()) kill();
  });

  function answer(id: number, value: string | undefined): void {
    core.postMessage({ type: 'host:secret', id, value } satisfies HostMessage);
  }

  function spawn(childId: number, entry: string): void {
    const worker = forkUtility(entriesDir, entry);
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
