import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { ok, type Result } from '../../../preload/index.ts';
import { decode } from './decode.ts';
import { copyOf } from './plate.ts';

// A code that fills a tenth of the picture's width has still some pixels a field.
const longSidePx = 1600;

let isReady: Promise<void> | undefined;

/** The reader would fetch its WebAssembly from a host of its own; the package carries it. */
async function makeReady(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasm = await readFile(file);
  const wasmBinary = new Uint8Array(wasm).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** @returns what the QR code in a photo says, where there is one; or the photo.* fault of a picture that cannot be decoded */
export async function readCode(path: string, maxPixels: number): Promise<Result<{ text?: string | undefined }>> {
  const decoded = await decode({ path }, longSidePx, maxPixels);
  if (!decoded.ok) return decoded;
  await (isReady ??= makeReady());
  const { plate, close } = decoded.value;
  const { width, height, pixels } = copyOf(plate, longSidePx);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; to < rgba.length; from += 3, to += 4) {
    rgba[to] = pixels[from];
    rgba[to + 1] = pixels[from + 1];
    rgba[to + 2] = pixels[from + 2];
    rgba[to + 3] = 255;
  }
  close();
  const codes = await readBarcodes({ data: rgba, width, height, colorSpace: 'srgb' }, { formats: ['QRCode'] });
  return ok({ text: codes.at(0)?.text });
}
