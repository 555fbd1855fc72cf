/** Dark, light, or as the system says; kept in this browser. */

/** The three choices. */
type Theme = 'system' | 'dark' | 'light';
const STORED = 'theme';

/** What was chosen. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

/** Chooses, here and for next time. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(STORED);
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem(STORED, theme);
    document.documentElement.dataset['theme'] = theme;
  }
}
