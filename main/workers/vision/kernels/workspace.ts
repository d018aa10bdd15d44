import { createAllocator, type Allocator } from './allocator.ts';
import { openKernels, type Kernels } from './kernels.ts';

/** A memory for a picture and all that is made of it: the kernels reach nothing else, so that nothing in it has to be copied for them. */
export interface Workspace {
  /** @returns room for so many bytes, in it what was there before; undefined where there is none left */
  readonly take: (bytes: number) => Uint8Array<ArrayBuffer> | undefined;
  /** Nothing in it is needed any longer: the next picture may lie there. */
  readonly close: () => void;
}

interface Memory {
  bytes: number;
  buffer: ArrayBuffer;
  kernels: Kernels;
  allocator: Allocator;
}

const pageBytes = 65536;
// The kernels read and write a little further than what they are given.
const slackBytes = 64;
// One for a photo, and one for a guest who comes meanwhile.
const mostIdle = 2;

const byBuffer = new WeakMap<ArrayBufferLike, Memory>();
let idle: Memory[] = [];

/**
 * A memory with room for so many bytes. That of the picture before is used again where it is large enough: the system lays a new one out page by page as it
 * is first written to, which for a photo's pixels can take longer than all that is done with them.
 *
 * @param isWiped whether nothing of what was in it is left once it is closed
 */
export function openWorkspace(bytes: number, { isWiped }: { isWiped: boolean }): Workspace {
  const [found] = idle.filter((other) => other.bytes >= bytes).sort((a, b) => a.bytes - b.bytes);
  const memory = (found as Memory | undefined) ?? createMemory(bytes);
  idle = idle.filter((other) => other !== memory);
  let isClosed = false;
  return {
    take: (length) => takeIn(memory, length),
    close: () => {
      // A second time it may be somebody else's.
      if (isClosed) return;
      isClosed = true;
      const reached = memory.allocator.clear();
      if (isWiped) new Uint8Array(memory.buffer, 0, reached).fill(0);
      // The larger ones are of use to smaller pictures, too.
      idle = [...idle, memory].sort((a, b) => b.bytes - a.bytes).slice(0, mostIdle);
    },
  };
}

/**
 * Lets kernels work on pixels where they lie. Where there is no room left, and where they lie in no workspace, they are copied into one of their own, which
 * is gone with the result.
 *
 * @param bytes of the result, and of what is needed on the way to it
 * @param run is given where pixels, result and scratch begin; what is in the latter two is left from before
 * @returns the result, in the same memory as the pixels where there is room
 */
export function work(
  pixels: Uint8Array,
  bytes: { result: number; scratch?: number },
  run: (kernels: Kernels, at: { from: number; to: number; scratch: number; memory: ArrayBuffer }) => void,
): Uint8Array<ArrayBuffer> {
  const { result, scratch = 0 } = bytes;
  const home = byBuffer.get(pixels.buffer);
  const from = pixels.byteOffset;
  const to = home && takeIn(home, result);
  const aside = home && takeIn(home, scratch);
  if (home === undefined || to === undefined || aside === undefined) {
    if (to !== undefined) giveBack(to);
    return workElsewhere(pixels, bytes, run);
  }
  run(home.kernels, { from, to: to.byteOffset, scratch: aside.byteOffset, memory: home.buffer });
  giveBack(aside);
  return to;
}

function workElsewhere(...[pixels, bytes, run]: Parameters<typeof work>): Uint8Array<ArrayBuffer> {
  const memory = createMemory(pixels.length + bytes.result + (bytes.scratch ?? 0) + 8 * slackBytes);
  const copy = takeIn(memory, pixels.length);
  if (copy === undefined) throw new Error('a memory that was made for them has no room for the pixels');
  copy.set(pixels);
  return work(copy, bytes, run);
}

/** What is no longer needed of a picture's memory before the picture itself; of any other, nothing happens. @param room that begins where it was handed out */
export const giveBack = (room: ArrayBufferView): void => byBuffer.get(room.buffer)?.allocator.giveBack(room.byteOffset);

function takeIn(memory: Memory, bytes: number): Uint8Array<ArrayBuffer> | undefined {
  const at = memory.allocator.take(bytes + slackBytes);
  return at === undefined ? undefined : new Uint8Array(memory.buffer, at, bytes);
}

function createMemory(bytes: number): Memory {
  const pages = Math.ceil(bytes / pageBytes) + 1;
  // It never grows: what is laid over it would lose its hold.
  const wasm = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { buffer } = wasm;
  const memory = {
    bytes,
    buffer,
    kernels: openKernels(wasm),
    // At 0 nothing begins: AssemblyScript's own.
    allocator: createAllocator(slackBytes, buffer.byteLength),
  };
  byBuffer.set(buffer, memory);
  return memory;
}
