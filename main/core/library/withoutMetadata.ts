// A JPEG's pixels, and nothing of what the file tells beside them: no place, no camera's serial number, no small picture of what was cropped away.

const startOfImage = 0xd8;
const endOfImage = Buffer.from([0xff, 0xd9]);
const startOfScan = 0xda;
const application = { first: 0xe0, last: 0xef };
const comment = 0xfe;
/** Without these the colours are others: JFIF says which they are, Adobe's segment how they were coded, ICC what they mean. */
const keptApplications: readonly { marker: number; begins: string }[] = [
  { marker: 0xe0, begins: 'JFIF\0' },
  { marker: 0xe2, begins: 'ICC_PROFILE\0' },
  { marker: 0xee, begins: 'Adobe' },
];

/**
 * The same picture, pixel for pixel, without metadata but for how it has to be turned.
 *
 * @param jpeg the file
 * @param orientation 1 to 8, as EXIF has it
 * @returns undefined for what is not a JPEG that is whole
 */
export function withoutMetadata(jpeg: Buffer, orientation: number): Buffer | undefined {
  if (jpeg.length < 4 || jpeg[0] !== 0xff || jpeg[1] !== startOfImage) return undefined;
  const parts = [jpeg.subarray(0, 2)];
  if (orientation !== 1) parts.push(orientationSegment(orientation));
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1];
    // Any number of these may stand before a marker (ITU T.81, B.1.1.2).
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === startOfScan) {
      // Within what is coded the mark does not occur; what lies behind the first one is another picture, or a maker's own.
      const end = jpeg.indexOf(endOfImage, at);
      return end < 0 ? undefined : Buffer.concat([...parts, jpeg.subarray(at, end + endOfImage.length)]);
    }
    const next = at + 2 + jpeg.readUInt16BE(at + 2);
    const segment = jpeg.subarray(at, next);
    if (isOfPicture(marker, segment)) parts.push(segment);
    at = next;
  }
  return undefined;
}

function isOfPicture(marker: number, segment: Buffer): boolean {
  if (marker === comment) return false;
  if (marker < application.first || marker > application.last) return true;
  return keptApplications.some((kept) => kept.marker === marker && segment.subarray(4).indexOf(kept.begins) === 0);
}

/** EXIF (CIPA DC-008) with one entry, tag 0x0112. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const content = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
