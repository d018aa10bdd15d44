import { fail, ok, type Fault, type FaultCode, type Result } from '../../../preload/index.ts';

/** Does a write; a disk that is full, gone or damaged becomes a library.* fault, anything else is a bug and throws. */
export type Guard = <T>(write: () => T) => Result<T>;

export const createGuard =
  (libraryDir: string): Guard =>
  (write) => {
    try {
      return ok(write());
    } catch (error) {
      return libraryFault(error, libraryDir);
    }
  };

const faultOfCode: readonly [RegExp, FaultCode][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'library.busy'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)$/, 'library.full'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'library.damaged'],
  [/^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|EIO)/, 'library.not-writable'],
];

/** The library.* fault behind what SQLite or the file system threw; undefined for what is none of their doing. */
export function libraryFaultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const errorCode = String(error.code);
  const code = faultOfCode.find(([pattern]) => pattern.test(errorCode))?.[1];
  return code && { code, detail: error.message };
}

/** The same as a result; what is no such fault is a bug and is thrown again. */
export function libraryFault(error: unknown, libraryDir: string): Result<never> {
  const fault = libraryFaultOf(error);
  if (fault === undefined) throw error;
  return fail(fault.code, `${libraryDir}: ${fault.detail ?? ''}`);
}
