import { randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import AdmZip from 'adm-zip';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { rangeOf, zipOf, type ZipEntry } from '../../main/core/delivery/zip.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

const at = new Date('2026-06-20T18:30:12');

/** Files of these sizes, of which no two are alike. */
async function filesOf(sizes: readonly number[], folder: string): Promise<ZipEntry[]> {
  return Promise.all(
    sizes.map(async (size, i) => {
      const file = path.join(folder, `${String(i)}.jpg`);
      await writeFile(file, randomBytes(size));
      return { path: file, name: `${String(i)} é.jpg`, at: new Date(at.getTime() + i * 2_000) };
    }),
  );
}

/** Files of that folder that this process has open. */
function openIn(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(folder) ? [file] : [];
    } catch {
      // It has been closed meanwhile.
      return [];
    }
  });
}

const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(200_000)), { minLength: 1, maxLength: 4 });

describe('the archive of a gallery', () => {
  it('has the photos under their names, byte for byte, and as many bytes as it says', async () => {
    const entries = await filesOf([0, 1, 70_000, 300_000], await temporaryFolder());
    const { sizeBytes, read } = await zipOf(entries);
    const bytes = await buffer(read(0, sizeBytes - 1));
    expect(bytes).toHaveLength(sizeBytes);
    const zip = new AdmZip(bytes);
    expect(zip.test()).toBe(true);
    expect(zip.getEntries().map(({ entryName }) => entryName)).toEqual(entries.map(({ name }) => name));
    for (const { path: file, name } of entries) {
      expect(zip.readFile(name)?.equals(await readFile(file)), name).toBe(true);
    }
  });

  it('is the same each time, in whole and in any part', async () => {
    const folder = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }), async (of, cuts) => {
        const entries = await filesOf(of, folder);
        const { sizeBytes, etag, read } = await zipOf(entries);
        const whole = await buffer(read(0, sizeBytes - 1));
        expect(whole).toHaveLength(sizeBytes);
        const again = await zipOf(entries);
        expect([again.sizeBytes, again.etag]).toEqual([sizeBytes, etag]);
        expect((await buffer(again.read(0, sizeBytes - 1))).equals(whole)).toBe(true);
        for (const cut of cuts) {
          const [from, to] = cut.map((place) => place % sizeBytes).sort((a, b) => a - b);
          expect((await buffer(read(from, to))).equals(whole.subarray(from, to + 1))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is known to be another where a photo, its name or its time is another', async () => {
    const folder = await temporaryFolder();
    const entries = await filesOf([10, 20], folder);
    const [first, second] = entries;
    const { etag } = await zipOf(entries);
    const others: ZipEntry[][] = [
      [first],
      [second, first],
      [first, { ...second, name: 'other.jpg' }],
      [first, { ...second, at: new Date(at.getTime() + 60_000) }],
    ];
    for (const other of others) expect((await zipOf(other)).etag).not.toBe(etag);
    await appendFile(first.path, 'more');
    expect((await zipOf(entries)).etag).not.toBe(etag);
  });

  it('breaks off where a photo has gone or has become another meanwhile, and promises no bytes that do not come', async () => {
    const folder = await temporaryFolder();
    const [first, second] = await filesOf([200_000, 10], folder);
    const { sizeBytes, read } = await zipOf([first, second]);
    await appendFile(second.path, 'more');
    await expect(buffer(read(0, sizeBytes - 1))).rejects.toThrow();
    await rm(second.path);
    await expect(buffer(read(0, sizeBytes - 1))).rejects.toThrow(/ENOENT/);
  });
});

describe.skipIf(process.platform !== 'linux')('a phone that goes away', () => {
  const untilClosed = (folder: string) =>
    vi.waitFor(() => expect(openIn(folder)).toEqual([]), { timeout: 2_000, interval: 10 });
  const firstBytes = async (part: Readable) => {
    for await (const chunk of part.iterator({ destroyOnReturn: false })) return chunk as Buffer;
    return Buffer.alloc(0);
  };

  it('leaves no file open in the midst of a photo', async () => {
    const folder = await temporaryFolder();
    const { sizeBytes, read } = await zipOf(await filesOf([2_000_000, 2_000_000], folder));
    const part = read(0, sizeBytes - 1);
    await firstBytes(part);
    await vi.waitFor(() => expect(openIn(folder)).toHaveLength(1), { timeout: 5_000, interval: 5 });
    part.destroy();
    await untilClosed(folder);
  });

  it('leaves no file open before the first byte', async () => {
    const folder = await temporaryFolder();
    const { sizeBytes, read } = await zipOf(await filesOf([2_000_000, 2_000_000], folder));
    for (let i = 0; i < 20; i++) read(0, sizeBytes - 1).destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await untilClosed(folder);
  });

  it('leaves no file open wherever it has had enough', async () => {
    const folder = await temporaryFolder();
    const { sizeBytes, read } = await zipOf(await filesOf([50, 12_000, 300_000, 300_000], folder));
    // Around the borders of photos, where one is closed and the next is not yet open.
    const ends = Array.from({ length: 60 }, (_, i) => i * 8);
    for (const end of [...ends, ...ends.map((more) => 12_000 + more), ...ends.map((more) => 312_000 + more)]) {
      const to = Math.min(end, sizeBytes - 1);
      expect(await buffer(read(0, to))).toHaveLength(to + 1);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    await untilClosed(folder);
  });
});

describe('a part that is asked for', () => {
  const size = fc.nat(5_000);

  it('is what there is of it, or none, whatever is asked', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(10_000), fc.nat(10_000)).map(([from, to]) => `bytes=${String(from)}-${String(to)}`),
      fc.nat(10_000).map((last) => `bytes=-${String(last)}`),
      fc.nat(10_000).map((from) => `bytes=${String(from)}-`),
      fc.stringMatching(/^bytes=\d{0,400}-\d{0,400}$/),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(header, size, (asked, sizeBytes) => {
        const range = rangeOf(asked, sizeBytes);
        if (range === undefined || range === 'unsatisfiable') return;
        const { from, to } = range;
        expect([Number.isInteger(from), Number.isInteger(to)]).toEqual([true, true]);
        expect(0 <= from && from <= to && to < sizeBytes).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=10-19', { from: 10, to: 19 }],
    ['bytes=99-', { from: 99, to: 99 }],
    ['bytes=90-1000', { from: 90, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-1000', { from: 0, to: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=-', undefined],
    ['bytes=', undefined],
    ['bytes=a-b', undefined],
    ['bytes=0-1,5-6', undefined],
    ['bytes= 0-1', undefined],
    ['items=0-1', undefined],
    ['bytes=-1-5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s of a hundred bytes', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });
});
