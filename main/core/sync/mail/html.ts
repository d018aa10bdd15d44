import type { Letter } from './letter.ts';
import type { Words } from './words.ts';

/** What is HTML already, and is not escaped once more. */
interface Html {
  html: string;
}

/** Everything that is put in is escaped, names of events and guests above all. */
const html = (parts: TemplateStringsArray, ...values: (string | Html)[]): Html => ({
  html: String.raw({ raw: parts }, ...values.map((value) => (typeof value === 'string' ? escaped(value) : value.html))),
});

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => escapes[char] ?? '');

// The windows' paper by day, their stage by night. Mail programs know neither style sheets from elsewhere nor our letters: tables, what stands in the
// elements themselves, and letters that every system has. Those that know no dark mode leave it light; those that turn colours around by themselves find
// none that they would have to.
const day = { desk: '#f1eadf', paper: '#faf6ef', ink: '#1e1a16', quiet: '#675c51', line: '#e2d8c9' };
const night = { desk: '#12100e', paper: '#1e1a16', ink: '#f7f1e7', quiet: '#b8ad9f', line: '#3a332c' };

const styles: Html = {
  html: `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: inherit; }
@media (max-width: 480px) {
  .desk { padding: 0 !important; }
  .paper { border-radius: 0 !important; }
  .inside { padding: 36px 24px 8px !important; }
  .below { padding: 24px 24px 36px !important; }
  .title { font-size: 34px !important; }
  .button a { display: block !important; }
}
@media (prefers-color-scheme: dark) {
  .desk { background: ${night.desk} !important; }
  .paper { background: ${night.paper} !important; }
  .ink { color: ${night.ink} !important; }
  .quiet { color: ${night.quiet} !important; }
  .line { border-color: ${night.line} !important; }
}`,
};

const serif = "Fraunces, 'Iowan Old Style', Palatino, Georgia, serif";
const sans = "'Atkinson Hyperlegible Next', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** The e-mail as a page of its own: nothing in it is fetched from anywhere. */
export function htmlOf({ language, url, accent }: Pick<Letter, 'language' | 'url' | 'accent'>, words: Words): string {
  const small = `margin:0 0 12px;font:400 14px/1.5 ${sans};color:${day.quiet}`;
  const read = `margin:0 0 16px;font:400 17px/1.5 ${sans};color:${day.ink}`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${words.subject}</title>
        <style>
          ${styles}
        </style>
      </head>
      <body class="desk" style="margin:0;padding:0;background:${day.desk}">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
          <tr>
            <td class="desk" align="center" style="padding:40px 16px;background:${day.desk}">
              <table
                role="presentation"
                class="paper"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="max-width:560px;background:${day.paper};border-radius:16px;overflow:hidden"
              >
                <tr>
                  <td style="height:8px;font-size:0;line-height:0;background:${accent}">&nbsp;</td>
                </tr>
                <tr>
                  <td class="inside" style="padding:44px 48px 8px">
                    <p class="quiet" style="margin:0 0 12px;font:700 15px/1.4 ${sans};color:${day.quiet}">
                      ${words.event}
                    </p>
                    <h1
                      class="title ink"
                      style="margin:0 0 24px;font:600 40px/1.1 ${serif};letter-spacing:-0.01em;color:${day.ink}"
                    >
                      ${words.title}
                    </h1>
                    <p class="ink" style="${read}">${words.hello}</p>
                    <p class="ink" style="${read}">${words.lead}</p>
                    <table role="presentation" class="button" width="100%" cellpadding="0" cellspacing="0" border="0">
                      <tr>
                        <td style="padding:16px 0 28px">
                          <a
                            href="${url}"
                            style="display:inline-block;padding:18px 32px;border-radius:999px;background:${accent};color:${inkOn(accent)};font:700 18px/1.2 ${sans};text-align:center;text-decoration:none"
                            >${words.open}</a
                          >
                        </td>
                      </tr>
                    </table>
                    <p class="ink" style="${read}">${words.until}</p>
                    <p class="ink" style="${read}">${words.private}</p>
                  </td>
                </tr>
                <tr>
                  <td class="below" style="padding:24px 48px 44px">
                    <div class="line" style="border-top:1px solid ${day.line};padding-top:24px">
                      <p class="quiet" style="${small}">${words.copy}</p>
                      <p class="quiet" style="${small};word-break:break-all">
                        <a class="quiet" href="${url}" style="color:${day.quiet}">${url}</a>
                      </p>
                      <p class="quiet" style="${small}">${words.from}</p>
                      <p class="quiet" style="${small};margin-bottom:0">${words.noAnswer}</p>
                    </div>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.html;
}

/** The same as text, for those who read that. */
export const textOf = ({ url }: Pick<Letter, 'url'>, words: Words): string =>
  [words.hello, words.lead, url, words.until, words.private, `${words.from} ${words.noAnswer}`].join('\n\n') + '\n';

/**
 * What can be read on a colour, black or white: where both stand out the same from it, each by 4.58 (WCAG 2.2, contrast ratio), its relative luminance
 * is √(1.05 × 0.05) − 0.05.
 */
function inkOn(colour: string): string {
  const linear = (from: number) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
  return luminance > Math.sqrt(1.05 * 0.05) - 0.05 ? '#000000' : '#ffffff';
}
