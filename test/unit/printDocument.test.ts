import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { printDocumentPdf } from '../../main/core/printing/spoolers/document.ts';
import type { Media } from '../../main/core/printing/spoolers/spooler.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

const postcard: Media = { name: 'na_index-4x6_4x6in', widthMm: 101.6, heightMm: 152.4 };

async function pictureFile(width: number, height: number): Promise<string> {
  const file = path.join(await temporaryFolder(), 'sheet.jpg');
  await writeFile(
    file,
    await sharp({ create: { width, height, channels: 3, background: '#ad5' } })
      .jpeg()
      .toBuffer(),
  );
  return file;
}

/** What the page does before it shows the picture: how it moves, turns and stretches (ISO 32000-1, 8.3.4), multiplied. */
function placeOf(pdf: string): number[] {
  const steps = [...pdf.matchAll(/^([-\d. ]+) cm$/gm)].map(([, numbers = '']) => numbers.split(' ').map(Number));
  return steps
    .reduce(
      (whole, step) => {
        const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = step;
        const [A = 1, B = 0, C = 0, D = 1, E = 0, F = 0] = whole;
        return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
      },
      [1, 0, 0, 1, 0, 0],
    )
    .map((number) => Math.round(number * 1000) / 1000 + 0);
}

const pdfOf = async (widthMm: number, heightMm: number, media: Media) => {
  const picture = await pictureFile(widthMm > heightMm ? 300 : 200, widthMm > heightMm ? 200 : 300);
  const pdf = await printDocumentPdf({ title: 'Anna', picture, widthMm, heightMm, media });
  return { picture: await readFile(picture), pdf, text: pdf.toString('latin1') };
};

describe('the document that a spooler is handed', () => {
  it('has one page, as large as the media, that the sheet fills', async () => {
    const { text } = await pdfOf(101.6, 152.4, postcard);
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    expect(text).toContain('/MediaBox [0 0 288 432]');
    expect(placeOf(text)).toEqual([288, 0, 0, 432, 0, 0]);
  });

  it('has the picture’s own bytes', async () => {
    const { pdf, picture } = await pdfOf(101.6, 152.4, postcard);
    const at = pdf.indexOf('stream\n', pdf.indexOf('/DCTDecode')) + 'stream\n'.length;
    expect(pdf.subarray(at, at + picture.length).equals(picture)).toBe(true);
    expect(pdf.toString('latin1')).toContain(`/Length ${String(picture.length)}`);
  });

  it('has a sheet that lies turned to the right', async () => {
    const { text } = await pdfOf(152.4, 101.6, postcard);
    expect(text).toContain('/MediaBox [0 0 288 432]');
    // The picture's right edge is at the page's foot: what is on its left comes out at the top.
    expect(placeOf(text)).toEqual([0, -432, 288, 0, 0, 432]);
  });

  it('has the sheet in the middle of larger media', async () => {
    const { text } = await pdfOf(101.6, 152.4, { name: 'x', widthMm: 152.4, heightMm: 203.2 });
    expect(text).toContain('/MediaBox [0 0 432 576]');
    expect(placeOf(text)).toEqual([288, 0, 0, 432, 72, 72]);
  });

  it('says nothing of whose it is, nor when it was made', async () => {
    const { text } = await pdfOf(101.6, 152.4, postcard);
    expect(text).not.toContain('Anna');
    expect(text).toContain('(D:19700101000000Z)');
    expect(text).not.toMatch(/\/(Title|Author|Subject|Keywords|Metadata)\b/);
  });
});
