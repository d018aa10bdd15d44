import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** A process, and all that it and its children have started. None on Windows, whose processes know no parent to rely on. */
export async function treeOf(pid: number): Promise<number[]> {
  if (process.platform === 'win32') return [];
  const { stdout } = await execFileAsync('ps', ['-A', '-o', 'pid=,ppid=']);
  const parents = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([child = 0, parent = 0]) => ({ child, parent }));
  const tree = [pid];
  for (const member of tree) tree.push(...parents.filter(({ parent }) => parent === member).map(({ child }) => child));
  return tree;
}

export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH: gone
  }
};

/** @returns those that are still there after the time */
export async function outlive(pids: readonly number[], limitMs: number): Promise<number[]> {
  const endMs = performance.now() + limitMs;
  let left = pids.filter(isRunning);
  while (left.length > 0 && performance.now() < endMs) {
    await sleep(50);
    left = left.filter(isRunning);
  }
  return left;
}

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has gone by itself.
    }
  }
}
