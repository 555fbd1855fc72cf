/** The list of keys, behind `?`. */
import { Sheet } from '../ui/Overlay.tsx';
import { SwitchRow } from '../ui/Choice.tsx';
import { t } from '../words/words.ts';
import { setWatchPrefs, useWatchPrefs } from '../watch/prefs.ts';
import { KEY_ACTS } from './keys.ts';

const SHOWN: Readonly<Record<string, string>> = { arrowdown: '↓', arrowup: '↑', arrowleft: '←', arrowright: '→' };

function nameOf(key: string): string {
  return key === ' ' ? t('feed.space') : (SHOWN[key] ?? key.toUpperCase());
}

/** The help sheet, with the switch that turns one-letter keys off. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const prefs = useWatchPrefs();
  return (
    <Sheet title={t('feed.keys')} onClose={onClose}>
      <dl className="keys-list">
        {KEY_ACTS.map(([act, keys]) => (
          <div key={act}>
            <dt>{t(`feed.key_${act}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd className="keycap" key={key}>
                  {nameOf(key)}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <SwitchRow label={t('feed.keysOn')} isOn={prefs.keys} onChange={(keys) => setWatchPrefs({ keys })} />
    </Sheet>
  );
}
