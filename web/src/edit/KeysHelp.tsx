/** The editor's keys in a list. */
import { Sheet } from '../ui/Overlay.tsx';
import { t } from '../words/words.ts';
import { KEYS } from './keys.ts';

/** The sheet. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t('edit.keys')} onClose={onClose}>
      <dl className="keys-help">
        {KEYS.map(({ keys, word }) => (
          <div key={keys}>
            <dt dir="ltr">
              {keys.split(' ').map((name) => (
                <kbd key={name} className="keycap">
                  {name}
                </kbd>
              ))}
            </dt>
            <dd className="t-body">{t(word)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
