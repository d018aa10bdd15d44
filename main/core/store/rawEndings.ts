// Files of a camera's sensor, which most cameras write beside a JPEG of the same shot.
const rawEndings = new Set(['.cr2', '.cr3', '.nef', '.nrw', '.arw', '.raf', '.dng', '.orf', '.rw2', '.pef', '.srw']);

/** @param extension with its dot, lower case */
export const isRaw = (extension: string): boolean => rawEndings.has(extension);
