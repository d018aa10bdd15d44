/** sRGB, 0 to 255 each. */
type Rgb = readonly [red: number, green: number, blue: number];

/** The surfaces that an accent meets; the same values as in tokens.css. */
const surfaces = {
  normal: { paper: '#faf6ef', ink: '#1e1a16', stage: '#12100e' },
  high: { paper: '#ffffff', ink: '#000000', stage: '#000000' },
};
const white = '#ffffff';

/** WCAG 2.2: text (1.4.3, 1.4.6) and the outlines of what is touched (1.4.11). */
const wanted = { normal: { text: 4.5, edge: 3 }, high: { text: 7, edge: 4.5 } };

/** An event's colour as it can be used: `#rrggbb` each. */
export interface Theme {
  /** Of the one thing to do next; as near to the event's colour as its own words allow. */
  accent: string;
  /** Words upon the accent. */
  accentInk: string;
  /** The accent's outline where it lies on paper. */
  accentEdgePaper: string;
  /** Words and signs in the accent, on paper. */
  accentOnPaper: string;
  /** The same on the stage. */
  accentOnStage: string;
}

/**
 * Makes an event's colour usable whatever it is: the hue stays, the lightness gives way as little as needed.
 *
 * @param accent `#rrggbb`
 */
export const themeOf = (accent: string, isHighContrast: boolean): Theme => {
  const level = isHighContrast ? 'high' : 'normal';
  const { paper, ink, stage } = surfaces[level];
  const { text, edge } = wanted[level];
  const event = hexOf(rgbOf(accent));

  const onDarkWords = lighten(event, ink, text);
  const onLightWords = darken(event, white, text);
  const hasDarkWords = distance(event, onDarkWords) <= distance(event, onLightWords);

  const background = hasDarkWords ? onDarkWords : onLightWords;
  return {
    accent: background,
    accentInk: hasDarkWords ? ink : white,
    accentEdgePaper: darken(background, paper, edge),
    accentOnPaper: darken(event, paper, text),
    accentOnStage: lighten(event, stage, text),
  };
};

/** WCAG 2.2, contrast ratio of two `#rrggbb`: 1 to 21. */
export const contrastOf = (one: string, other: string): number => {
  const [lighter = 0, darker = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
};

// Relative luminance is linear in linear light, so that how far to mix towards black or white follows from the contrast by a division.

const darken = (colour: string, lightGround: string, contrast: number): string => {
  const most = (luminanceOf(lightGround) + 0.05) / contrast - 0.05;
  const luminance = luminanceOf(colour);
  if (luminance <= most) return colour;
  return hexOf(linearOf(colour).map((channel) => Math.floor(encode((channel * Math.max(0, most)) / luminance))));
};

const lighten = (colour: string, darkGround: string, contrast: number): string => {
  const least = (luminanceOf(darkGround) + 0.05) * contrast - 0.05;
  const luminance = luminanceOf(colour);
  if (luminance >= least) return colour;
  const share = (Math.min(1, least) - luminance) / (1 - luminance);
  return hexOf(linearOf(colour).map((channel) => Math.ceil(encode(channel + (1 - channel) * share))));
};

const luminanceOf = (colour: string): number => {
  const [red, green, blue] = linearOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const distance = (one: string, other: string): number => {
  const [a, b] = [rgbOf(one), rgbOf(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};

const rgbOf = (colour: string): Rgb => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

const hexOf = (channels: readonly number[]): string =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** IEC 61966-2-1, as WCAG cites it. */
const linearOf = (colour: string): Rgb => {
  const [red, green, blue] = rgbOf(colour);
  return [decode(red), decode(green), decode(blue)];
};

const decode = (channel: number): number => {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

const encode = (linear: number): number => {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.min(255, Math.max(0, value * 255));
};
