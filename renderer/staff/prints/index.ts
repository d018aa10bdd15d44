// Prints, as the crew sees to them: the printers, the orders, the vouchers, and sheets that the crew orders by itself.
export { PrintPhotos } from './PrintPhotos.tsx';
export { Prints } from './Prints.tsx';
export { useTemplateName } from './useTemplateName.ts';
