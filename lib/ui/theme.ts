import type { Theme } from '../protocol/settings.ts';

/**
 * For this page now; and for the next one before its first paint, when the settings are not read yet: `theme.js`, the first
 * thing that a page of ours runs, takes it from where it is left here.
 */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage['theme'] = theme;
  } catch {
    // Where the browser keeps nothing, the next page is painted twice.
  }
}
