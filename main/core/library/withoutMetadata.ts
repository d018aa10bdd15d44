// A JPEG's pixels, and nothing of what the file tells beside them: no place, no camera's serial number, no small picture of what was cropped away.

const marker = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  firstApplication: 0xe0,
  lastApplication: 0xef,
  comment: 0xfe,
  /** May stand before a marker, any number of times (ITU T.81, B.1.1.2). */
  fill: 0xff,
};
/** JFIF's segment says which colours they are, and may hold a small picture behind its first bytes. */
const jfif = { marker: 0xe0, begins: 'JFIF\0', bytes: 18 };
/** Without these the colours are others: Adobe's segment says how they were coded, ICC what they mean. */
const keptApplications: readonly { marker: number; begins: string }[] = [
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
  if (jpeg.length < 4 || jpeg[0] !== 0xff || jpeg[1] !== marker.startOfImage) return undefined;
  const parts = [jpeg.subarray(0, 2)];
  if (orientation !== 1) parts.push(orientationSegment(orientation));
  let at = 2;
  while (at + 2 <= jpeg.length && jpeg[at] === 0xff) {
    const kind = jpeg[at + 1];
    if (kind === marker.fill) {
      at += 1;
      continue;
    }
    // What lies behind it is another picture, or a maker's own.
    if (kind === marker.endOfImage) return Buffer.concat([...parts, jpeg.subarray(at, at + 2)]);
    if (at + 4 > jpeg.length) return undefined;
    // A progressive picture has several scans, and anything may stand between them.
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    const next = kind === marker.startOfScan ? endOfCoded(jpeg, end) : end;
    const segment = ofPicture(kind, jpeg.subarray(at, next));
    if (segment !== undefined) parts.push(segment);
    at = next;
  }
  return undefined;
}

/**
 * Where the next marker stands: within what is coded, 0xff is followed by 0 or by the number of a restart (B.1.1.5, E.1.4). Byte by byte, because
 * Buffer's own search for a number brings Electron 33 down once it has been called often.
 */
function endOfCoded(jpeg: Buffer, from: number): number {
  for (let at = from; at + 1 < jpeg.length; at++) {
    if (jpeg[at] !== 0xff) continue;
    const kind = jpeg[at + 1];
    if (kind !== 0 && !(kind >= 0xd0 && kind <= 0xd7)) return at;
  }
  return jpeg.length;
}

/** What of a segment is needed to show the picture. */
function ofPicture(kind: number, segment: Buffer): Buffer | undefined {
  if (kind === marker.comment) return undefined;
  if (kind < marker.firstApplication || kind > marker.lastApplication) return segment;
  if (kind === jfif.marker && beginsWith(segment, jfif.begins)) return withoutThumbnail(segment);
  return keptApplications.some((kept) => kept.marker === kind && beginsWith(segment, kept.begins))
    ? segment
    : undefined;
}

const beginsWith = (segment: Buffer, text: string): boolean => segment.subarray(4).indexOf(text) === 0;

/** Its last two fields say how large the small picture is (JFIF 1.02). */
function withoutThumbnail(segment: Buffer): Buffer | undefined {
  if (segment.length < jfif.bytes) return undefined;
  const bare = Buffer.from(segment.subarray(0, jfif.bytes));
  bare.writeUInt16BE(jfif.bytes - 2, 2);
  bare.writeUInt16BE(0, jfif.bytes - 2);
  return bare;
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
