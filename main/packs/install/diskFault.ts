import type { Fault } from '../../../preload/index.ts';

const diskCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EBUSY']);

/** models.not-writable for what the disk has refused; undefined for what is no fault of the disk. */
export function diskFault(error: unknown): Fault | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return diskCodes.has(code) ? { code: 'models.not-writable', detail: String(error) } : undefined;
}
