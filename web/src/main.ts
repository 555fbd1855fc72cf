/** Where the page starts: the words, the shell and the first screen are asked for at the same moment. */
import './ui/tokens.css';
import './ui/base.css';
import { pageAt } from './app/routes.ts';
import { loadLanguage, preferredLanguage } from './words/words.ts';

const theme = localStorage.getItem('theme');
if (theme === 'dark' || theme === 'light') document.documentElement.dataset['theme'] = theme;

const { page } = pageAt(location.pathname);
const words = loadLanguage(preferredLanguage());
const screen = page.screen();
screen.then(
  (module) => module.askAhead?.(location.pathname),
  () => undefined,
);
try {
  const start = await import('./app/start.tsx');
  await words;
  start.start(page, await screen.then(({ default: Screen }) => Screen, start.inPlaceOfScreen));
} catch (error) {
  // Not even the words came. One sign that needs none: again.
  console.error(error);
  const again = Object.assign(document.createElement('button'), { textContent: '\u21bb', className: 'start-again' });
  again.addEventListener('click', () => location.reload());
  document.body.append(again);
}
