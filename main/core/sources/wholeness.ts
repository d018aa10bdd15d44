import { open, type FileHandle } from 'node:fs/promises';

/** `unfinished`: it does not end as its format says. `unknown`: the format has no end that one could look for. */
export type Wholeness = 'whole' | 'unfinished' | 'unknown';

const headBytes = 64;
// Cameras put other things behind the picture: a preview, a moving picture's index, padding.
const tailBytes = 64 * 1024;
// More top-level boxes than any ISO media file has.
const mostBoxes = 64;

/**
 * Whether a file ends as its format says, looking only at its beginning and its end. A file that was made as long as it will be and is still being
 * filled (as Samba does it) ends in zeros.
 *
 * @throws what the file system says of a file that cannot be read
 */
export async function wholenessOf(file: string): Promise<Wholeness> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) return 'unfinished';
    const head = await read(handle, 0, Math.min(headBytes, size));
    const tail = await read(handle, Math.max(0, size - tailBytes), Math.min(tailBytes, size));
    const begins = head.toString('latin1');
    // In a JPEG's pixels 0xff is always followed by a zero: only its end looks like its end, and that of a preview in its first half.
    if (begins.startsWith('\xff\xd8')) return either(endsWith(endOfJpeg, tail, size));
    if (begins.startsWith('\x89PNG')) return either(endsWith(endOfPng, tail, size));
    if (begins.startsWith('GIF8')) return either(tail.at(-1) === 0x3b);
    if (begins.startsWith('RIFF') && size >= 8) return either(head.readUInt32LE(4) + 8 <= size && !endsInZeros(tail));
    if (begins.slice(4, 8) === 'ftyp') return either(!endsInZeros(tail) && (await areBoxesWhole(handle, size)));
    if (begins.startsWith('FUJIFILMCCD-RAW')) return either(!endsInZeros(tail));
    return endsInZeros(tail) ? 'unfinished' : 'unknown';
  } finally {
    await handle.close();
  }
}

const either = (isWhole: boolean): Wholeness => (isWhole ? 'whole' : 'unfinished');

const endOfJpeg = Buffer.from([0xff, 0xd9]);
const endOfPng = Buffer.from('IEND', 'latin1');

/** Whether the mark of the end stands in the second half: other things may follow. */
function endsWith(mark: Buffer, tail: Buffer, size: number): boolean {
  const at = tail.lastIndexOf(mark);
  return at >= 0 && size - tail.length + at > size / 2;
}

/** A few zeros are found at the end of many files. */
const zerosThatTell = 4096;

function endsInZeros(tail: Buffer): boolean {
  const last = tail.subarray(-zerosThatTell);
  return last.length === zerosThatTell && last.every((byte) => byte === 0);
}

/** ISO/IEC 14496-12: a file is a row of boxes, each of which says how long it is; the last one ends where the file does. */
async function areBoxesWhole(handle: FileHandle, size: number): Promise<boolean> {
  let at = 0;
  for (let boxes = 0; at < size && boxes < mostBoxes; boxes++) {
    const head = await read(handle, at, Math.min(16, size - at));
    if (head.length < 8) return false;
    const short = head.readUInt32BE(0);
    // 0: to the end of the file. 1: the length follows as 64 bits.
    if (short === 0) return head.toString('latin1', 4, 8) === 'mdat';
    const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return false;
    at += length;
  }
  return at === size;
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
