import type Database from 'better-sqlite3';
import { fail, type Fault, type Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** Does what several tables write, in one commit or not at all. @returns what the work does; its fault undoes it */
export type InOneCommit = <T>(work: () => Result<T>) => Result<T>;

/** Makes SQLite undo what was written so far. */
class Undone extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.code);
    this.fault = fault;
  }
}

export const createInOneCommit =
  (database: Database.Database, guard: Guard): InOneCommit =>
  (work) => {
    const commit = database.transaction(() => {
      const done = work();
      if (!done.ok) throw new Undone(done.fault);
      return done.value;
    });
    try {
      return guard(() => commit());
    } catch (error) {
      if (error instanceof Undone) return fail(error.fault.code, error.fault.detail);
      throw error;
    }
  };
