import type { TemplateColour } from '../templates/index.ts';

// The words' own colours on a light and on a dark ground; those of the windows.
const words = {
  onLight: { ink: '#1e1a16', quiet: '#675c51' },
  onDark: { ink: '#f7f1e7', quiet: '#b8ad9f' },
};

/** WCAG 2.2, 1.4.3, for what is read; what only adorns has to be seen. */
const wanted = { text: 4.5, box: 1.6 };

/**
 * A template's colour as it is printed: an event's colour keeps its hue, and its lightness gives way until it can be read on what it lies on.
 *
 * @param accent the event's own, `#rrggbb`
 * @param ground what it lies on, `#rrggbb`
 */
export function colourOn(colour: TemplateColour, accent: string, ground: string, use: 'text' | 'box'): string {
  if (colour === 'accent') return madeVisible(accent, ground, wanted[use]);
  if (colour === 'ink' || colour === 'quiet') return (isDark(ground) ? words.onDark : words.onLight)[colour];
  return colour.toLowerCase();
}

/** WCAG 2.2, contrast ratio of two `#rrggbb`: 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [darker, lighter] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Whether light words are read on it more easily than dark ones. */
const isDark = (ground: string): boolean => contrastOf(ground, '#ffffff') > contrastOf(ground, '#000000');

// Relative luminance is linear in linear light, so that how far to mix towards black or white follows from the contrast by a division.
function madeVisible(colour: string, ground: string, contrast: number): string {
  if (contrastOf(colour, ground) >= contrast) return colour.toLowerCase();
  const luminance = luminanceOf(colour);
  const other = luminanceOf(ground) + 0.05;
  if (isDark(ground)) {
    const least = Math.min(1, other * contrast - 0.05);
    const share = (least - luminance) / (1 - luminance);
    return hexOf(linearOf(colour).map((channel) => Math.ceil(encode(channel + (1 - channel) * share))));
  }
  const most = Math.max(0, other / contrast - 0.05);
  return hexOf(linearOf(colour).map((channel) => Math.floor(encode((channel * most) / luminance))));
}

function luminanceOf(colour: string): number {
  const [red, green, blue] = linearOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const hexOf = (channels: readonly number[]): string =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** Linear light, 0..1 (IEC 61966-2-1). */
const linearOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => decode(Number.parseInt(colour.slice(at, at + 2), 16) / 255));

const decode = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

const encode = (linear: number): number =>
  255 * (linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055);
