// Where everything lies on a sheet, and what of a photo is seen there: computed, not drawn.
export { cropOf, type Insets, type PhotoSize } from './crop.ts';
export { mediaFor } from './mediaFor.ts';
export { sheetOf, type LaidSheet, type SheetOptions, type SheetPhoto, type SheetWords } from './sheetOf.ts';
