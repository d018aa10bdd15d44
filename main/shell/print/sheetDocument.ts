import type { HostPage } from '../../processes/index.ts';

/**
 * A page with a picture in its middle and nothing else. It is as large as the paper by its own word, whatever size Electron makes of `pageSize`: then the
 * picture is as large as it should be all the same. One that lies is turned a quarter to the right, because drivers have their paper upright. SVG, because
 * Chromium never breaks it over two pages, as it does with an image that reaches a pixel too far.
 *
 * @param href of the picture
 * @returns HTML
 */
export function sheetDocument(
  { title, paper, picture }: Pick<HostPage, 'title' | 'paper' | 'picture'>,
  href: string,
): string {
  const { widthMm, heightMm } = picture;
  const turn = widthMm > heightMm ? ' rotate(90)' : '';
  const place = `x="${text(-widthMm / 2)}" y="${text(-heightMm / 2)}" width="${text(widthMm)}" height="${text(heightMm)}"`;
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    `<title>${escaped(title)}</title>`,
    '<style>',
    `@page { size: ${text(paper.widthMm)}mm ${text(paper.heightMm)}mm; margin: 0 }`,
    'body { margin: 0 }',
    'svg { display: block; width: 100vw; height: 100vh }',
    '</style>',
    `<svg viewBox="0 0 ${text(paper.widthMm)} ${text(paper.heightMm)}" preserveAspectRatio="none">`,
    `<image href="${escaped(href)}" ${place} preserveAspectRatio="none"`,
    `transform="translate(${text(paper.widthMm / 2)} ${text(paper.heightMm / 2)})${turn}" />`,
    '</svg>',
  ].join('\n');
}

/** Never as 1e-7, which CSS reads otherwise. */
const text = (mm: number): string => mm.toFixed(3);

const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '');
