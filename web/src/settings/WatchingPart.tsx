/** How videos play in this browser. Kept here, told to nobody. */
import { Smartphone } from 'lucide-react';
import { Segments, SwitchRow } from '../ui/Choice.tsx';
import { setWatchPrefs, useWatchPrefs, wantsSound } from '../watch/prefs.ts';
import { t } from '../words/words.ts';

function Switches() {
  const { autoplay, saveData, keys, helpsLearn } = useWatchPrefs();
  return (
    <section className="page-section">
      <SwitchRow
        label={t('settings.autoplay')}
        note={t('settings.autoplayNote')}
        isOn={autoplay}
        onChange={(isOn) => setWatchPrefs({ autoplay: isOn })}
      />
      <SwitchRow
        label={t('settings.sound')}
        note={t('settings.soundNote')}
        isOn={wantsSound()}
        onChange={(hasSound) => setWatchPrefs({ hasSound })}
      />
      <SwitchRow
        label={t('share.saveData')}
        note={t('settings.saveDataNote')}
        isOn={saveData}
        onChange={(isOn) => setWatchPrefs({ saveData: isOn })}
      />
      <SwitchRow
        label={t('feed.keysOn')}
        note={t('settings.keysNote')}
        isOn={keys}
        onChange={(isOn) => setWatchPrefs({ keys: isOn })}
      />
      <SwitchRow
        label={t('settings.helpsLearn')}
        note={t('settings.helpsLearnNote')}
        isOn={helpsLearn}
        onChange={(isOn) => setWatchPrefs({ helpsLearn: isOn })}
      />
    </section>
  );
}

type CaptionChoice = 'muted' | 'on' | 'off';

function Captions() {
  const { captions, captionSize } = useWatchPrefs();
  const always: CaptionChoice = captions === true ? 'on' : 'off';
  const when: { value: CaptionChoice; label: string }[] = [
    { value: 'muted', label: t('settings.captionsMuted') },
    { value: 'on', label: t('settings.captionsOn') },
    { value: 'off', label: t('share.captionsOff') },
  ];
  const sizes = (['S', 'M', 'L'] as const).map((value) => ({ value, label: t(`share.captions${value}`) }));
  return (
    <section className="page-section">
      <h2 className="t-label">{t('share.captions')}</h2>
      <Segments
        label={t('share.captions')}
        options={when}
        value={captions === null ? 'muted' : always}
        onChange={(choice) => setWatchPrefs({ captions: choice === 'muted' ? null : choice === 'on' })}
      />
      <h2 className="t-label">{t('settings.captionSize')}</h2>
      <Segments
        label={t('settings.captionSize')}
        options={sizes}
        value={captionSize}
        onChange={(size) => setWatchPrefs({ captionSize: size })}
      />
    </section>
  );
}

function AfterEnd() {
  const { afterEnd } = useWatchPrefs();
  return (
    <section className="page-section">
      <h2 className="t-label">{t('share.afterEnd')}</h2>
      <Segments
        label={t('share.afterEnd')}
        options={(['loop', 'advance', 'stop'] as const).map((value) => ({ value, label: t(`share.end_${value}`) }))}
        value={afterEnd}
        onChange={(choice) => setWatchPrefs({ afterEnd: choice })}
      />
    </section>
  );
}

/** The part. */
export default function WatchingPart() {
  return (
    <>
      <p className="settings-here t-small ink2">
        <Smartphone size={16} aria-hidden="true" />
        {t('settings.keptHere')}
      </p>
      <Switches />
      <Captions />
      <AfterEnd />
    </>
  );
}
