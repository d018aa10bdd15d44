import { readFile } from 'node:fs/promises';
import PdfDocument from 'pdfkit';
import type { PrintDocument } from './spooler.ts';

const pointsPerMm = 72 / 25.4;

/**
 * The document that a spooler is handed: one page as large as the media, upright, with the sheet's JPEG in its middle. The JPEG's bytes are in it as they
 * are, so that no pixel changes; one that lies is turned a quarter to the right. What reaches beyond the media is cut off. It tells nothing of who made
 * it, nor when.
 *
 * @returns the bytes of a PDF file
 * @throws what the file system says of a picture that cannot be read, or pdfkit of one that is no JPEG
 */
export async function printDocumentPdf(document: PrintDocument): Promise<Buffer> {
  const { media } = document;
  const picture = await readFile(document.picture);
  const page = { width: media.widthMm * pointsPerMm, height: media.heightMm * pointsPerMm };
  const pdf = new PdfDocument({ size: [page.width, page.height], margin: 0, compress: false, info: plainInfo() });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });

  const width = document.widthMm * pointsPerMm;
  const height = document.heightMm * pointsPerMm;
  pdf.translate(page.width / 2, page.height / 2);
  if (width > height) pdf.rotate(90);
  pdf.image(picture, -width / 2, -height / 2, { width, height });
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

/** pdfkit says when a document was made where it is not told; a spooler may keep documents for long. */
const plainInfo = () => ({ Producer: 'FindMe Kiosk', Creator: 'FindMe Kiosk', CreationDate: new Date(0) });
