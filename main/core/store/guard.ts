import { fail, ok, type Result } from '../../../preload/index.ts';

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

/** The fault behind what SQLite or the file system threw; what is none of these is thrown again. */
export function libraryFault(error: unknown, libraryDir: string): Result<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = `${libraryDir}: ${error instanceof Error ? error.message : String(error)}`;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return fail('library.busy', libraryDir);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return fail('library.full', detail);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return fail('library.damaged', detail);
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/.test(code)) {
    return fail('library.not-writable', detail);
  }
  throw error;
}
