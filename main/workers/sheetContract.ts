import { z } from 'zod';

// A sheet of paper as a list of what lies on it, back to front. Core says what and where; the vision worker draws it. Lengths are pixels of the sheet.

const rectSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/i);

const elementSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('photo'),
    path: z.string(),
    /** What of it is shown, pixels of the upright original, in the shape of `at`. What of that lies beyond the photo is left as the sheet is there. */
    crop: rectSchema,
    at: rectSchema,
  }),
  /** A PNG or JPEG, as large as there is room, its proportions kept. */
  z.object({
    kind: z.literal('picture'),
    path: z.string(),
    at: rectSchema,
    align: z.enum(['start', 'middle', 'end']),
  }),
  /** Made smaller where it is too long for its place and for so many lines; one where nothing is said. Drawn to the middle of its height. */
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    at: rectSchema,
    face: z.enum(['display', 'text']),
    /** Of the font, which is about a third larger than its capitals. */
    sizePx: z.number().positive(),
    colour: colourSchema,
    align: z.enum(['start', 'middle', 'end']),
    mostLines: z.number().int().positive().optional(),
  }),
  /** A QR code with its quiet zone. */
  z.object({ kind: z.literal('code'), text: z.string(), at: rectSchema }),
  z.object({ kind: z.literal('box'), at: rectSchema, colour: colourSchema }),
]);

export const sheetSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Pixels of an inch. */
  dpi: z.number().positive(),
  background: colourSchema,
  elements: z.array(elementSchema),
});

export type Sheet = z.infer<typeof sheetSchema>;
export type SheetElement = Sheet['elements'][number];
export type SheetRect = z.infer<typeof rectSchema>;
