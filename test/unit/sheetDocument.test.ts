import { describe, expect, it } from 'vitest';
import { sheetDocument } from '../../main/shell/print/sheetDocument.ts';

const paper = { widthMm: 101.6, heightMm: 152.4 };
const lying = { widthMm: 152.4, heightMm: 101.6 };

describe('the page that Electron prints', () => {
  it('is as large as the paper, with the picture in its middle', () => {
    const html = sheetDocument({ title: 'a', paper, picture: { widthMm: 100, heightMm: 150 } }, 'sheet.jpg');
    expect(html).toContain('@page { size: 101.600mm 152.400mm; margin: 0 }');
    expect(html).toContain('x="-50.000" y="-75.000" width="100.000" height="150.000"');
    expect(html).toContain('transform="translate(50.800 76.200)"');
  });

  it('turns a picture that lies to the right, on paper that stands', () => {
    const html = sheetDocument({ title: 'a', paper, picture: lying }, 'sheet.jpg');
    expect(html).toContain('viewBox="0 0 101.600 152.400"');
    expect(html).toContain('transform="translate(50.800 76.200) rotate(90)"');
  });

  it('shows what it is called, and runs none of it', () => {
    const html = sheetDocument({ title: '</title><script>"&', paper, picture: paper }, 'sheet.jpg');
    expect(html).toContain('<title>&lt;/title&gt;&lt;script&gt;&quot;&amp;</title>');
  });
});
