import { themeOf } from './theme.ts';

/** Puts an event's colour and the wanted contrast on a page. @param root the document's root element */
export const applyTheme = (root: HTMLElement, accent: string, isHighContrast: boolean): void => {
  const theme = themeOf(accent, isHighContrast);
  root.style.setProperty('--accent', theme.accent);
  root.style.setProperty('--accent-ink', theme.accentInk);
  root.style.setProperty('--accent-edge-paper', theme.accentEdgePaper);
  root.style.setProperty('--accent-on-paper', theme.accentOnPaper);
  root.style.setProperty('--accent-on-stage', theme.accentOnStage);
  if (isHighContrast) root.dataset['contrast'] = 'more';
  else delete root.dataset['contrast'];
};
