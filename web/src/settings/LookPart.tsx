/** Language and light. */
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Segments } from '../ui/Choice.tsx';
import { chooseLanguage, LANGUAGES, preferredLanguage, t } from '../words/words.ts';
import { chosenTheme, chooseTheme } from './theme.ts';

/** The part. */
export default function LookPart() {
  const [theme, setTheme] = useState(chosenTheme);
  const current = preferredLanguage();
  return (
    <>
      <section className="page-section">
        <h2 className="t-label">{t('settings.theme')}</h2>
        <Segments
          label={t('settings.theme')}
          options={[
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'dark', label: t('settings.themeDark') },
            { value: 'light', label: t('settings.themeLight') },
          ]}
          value={theme}
          onChange={(next) => {
            chooseTheme(next);
            setTheme(next);
          }}
        />
      </section>
      <div className="page-section" role="radiogroup" aria-label={t('settings.language')}>
        <h2 className="t-label">{t('settings.language')}</h2>
        <div>
          {LANGUAGES.map((language) => (
            <button
              key={language.tag}
              type="button"
              role="radio"
              aria-checked={language.tag === current.tag}
              className="page-row settings-language"
              lang={language.tag}
              dir={language.direction}
              onClick={() => chooseLanguage(language)}
            >
              <span className="t-label">{language.name}</span>
              {language.tag === current.tag && <Check size={20} className="settings-check" aria-hidden="true" />}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}
