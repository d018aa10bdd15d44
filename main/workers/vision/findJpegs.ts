import type { FileHandle } from 'node:fs/promises';

/** A JPEG that lies somewhere in a file. */
export interface EmbeddedJpeg {
  /** Where it begins, and how long it is; bytes. */
  at: number;
  bytes: number;
  /** Width times height. */
  pixels: number;
}

const windowBytes = 4 * 1024 * 1024;
// RAW files are smaller; of one that is larger only the beginning is looked through.
const mostBytes = 512 * 1024 * 1024;
// A DNG may have some hundreds of tiles that begin like one.
const mostCandidates = 4096;
const mostSegments = 200;

const beginning = Buffer.from([0xff, 0xd8, 0xff]);
const endOfImage = Buffer.from([0xff, 0xd9]);

/** Baseline, extended and progressive; not the lossless kind (SOF3) that holds what the sensor saw. */
const shownFrames = new Set([0xc0, 0xc1, 0xc2]);
// The markers between 0xc0 and 0xcf that begin no frame.
const noFrames = new Set([0xc4, 0xc8, 0xcc]);

/**
 * Finds the JPEGs in a file of whatever format, by their marks: the same way through the file for every maker. What lies within another is passed over.
 */
export async function findJpegs(handle: FileHandle, size: number): Promise<EmbeddedJpeg[]> {
  const end = Math.min(size, mostBytes);
  const found: EmbeddedJpeg[] = [];
  const windows = createWindows(handle, end);
  let at = 0;
  for (let candidates = 0; candidates < mostCandidates; candidates++) {
    at = await windows.find(beginning, at);
    if (at < 0) break;
    const frame = await frameOf(windows, at);
    if (frame === undefined) {
      at += beginning.length;
      continue;
    }
    const ends = await windows.find(endOfImage, frame.scanAt);
    if (ends < 0) break;
    const bytes = ends + endOfImage.length - at;
    if (frame.isShown) found.push({ at, bytes, pixels: frame.pixels });
    at += bytes;
  }
  return found;
}

/** Walks from segment to segment until the pixels begin. @returns undefined for what only begins like a JPEG */
async function frameOf(
  windows: Windows,
  start: number,
): Promise<{ isShown: boolean; pixels: number; scanAt: number } | undefined> {
  let frame: { isShown: boolean; pixels: number } | undefined;
  let at = start + 2;
  for (let segments = 0; segments < mostSegments; segments++) {
    const head = await windows.bytes(at, 10);
    if (head.length < 10 || head[0] !== 0xff) return undefined;
    const marker = head[1];
    // Bytes to fill up with.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (marker < 0xc0 || length < 2) return undefined;
    if (marker === 0xda) return frame && { ...frame, scanAt: at + 2 + length };
    if (marker < 0xd0 && !noFrames.has(marker)) {
      const [bits, height, width] = [head[4], head.readUInt16BE(5), head.readUInt16BE(7)];
      frame = { isShown: shownFrames.has(marker) && bits === 8, pixels: width * height };
    }
    at += 2 + length;
  }
  return undefined;
}

interface Windows {
  /** Some bytes; fewer at the end of the file. */
  bytes(at: number, length: number): Promise<Buffer>;
  /** Where something comes next; -1 for nowhere. */
  find(wanted: Buffer, from: number): Promise<number>;
}

/** The file through a window that moves along, so that no more of it is in memory than that. */
function createWindows(handle: FileHandle, end: number): Windows {
  const memory = Buffer.alloc(Math.min(windowBytes, end));
  let start = 0;
  let filled = 0;

  async function show(at: number): Promise<void> {
    const { bytesRead } = await handle.read(memory, 0, Math.min(memory.length, end - at), at);
    start = at;
    filled = bytesRead;
  }

  return {
    bytes: async (at, length) => {
      if (at >= end) return Buffer.alloc(0);
      if (at < start || Math.min(at + length, end) > start + filled) await show(at);
      return Buffer.from(memory.subarray(at - start, Math.min(at - start + length, filled)));
    },
    find: async (wanted, from) => {
      for (let at = from; at < end;) {
        if (at < start || at >= start + filled) await show(at);
        const found = memory.subarray(0, filled).indexOf(wanted, at - start);
        if (found >= 0) return start + found;
        if (filled === 0) return -1;
        // What is wanted may begin at the end of this window.
        const next = start + filled - wanted.length + 1;
        if (next <= at || start + filled >= end) return -1;
        at = next;
        await show(at);
      }
      return -1;
    },
  };
}
