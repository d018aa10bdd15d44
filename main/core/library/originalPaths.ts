import path from 'node:path';

export const originalsDirOf = (libraryDir: string): string => path.join(libraryDir, 'originals');

/** Without the source's ending: the same bytes under another one are the same file. */
export const originalPathOf = (
  libraryDir: string,
  { eventUid, sha256 }: { eventUid: string; sha256: string },
): string => path.join(originalsDirOf(libraryDir), eventUid, sha256.slice(0, 2), sha256);
