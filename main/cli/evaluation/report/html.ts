/** Text for a page of HTML, whatever is in it. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A page with nothing outside itself: no font, no script, no picture that is not in it. */
export const pageOf = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; background: #faf5ee; color: #1b1815; font: 16px/1.5 system-ui, sans-serif }
h1, h2 { font-family: Georgia, serif; font-weight: 500; line-height: 1.2 }
h2 { margin-top: 3rem }
table { border-collapse: collapse }
th, td { padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #ddd3c5; text-align: left; font-variant-numeric: tabular-nums }
small, figcaption { color: #6b6259; font-size: .85rem; overflow-wrap: anywhere }
svg { width: 100%; height: auto; background: #fffdf9; border: 1px solid #ddd3c5; border-radius: .5rem }
svg text { fill: #6b6259; font: 12px system-ui, sans-serif }
.errors { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.5rem 1rem }
.errors figure { margin: 0 }
.pair { display: grid; grid-template-columns: 1fr 2fr; gap: .25rem; align-items: start }
.photo { position: relative }
.photo img, .pair > img { display: block; width: 100% }
.photo i { position: absolute; border: 2px solid #f2573d }
</style>
${body}
</html>
`;

export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
};
