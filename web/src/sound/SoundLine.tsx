/** One sound among others: hear it by its cover, open its page by its name. */
import { Music2, Pause, Play } from 'lucide-react';
import type { Sound } from '@vitrine/schema';
import { Link } from 'wouter';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';
import type { Ear } from './ear.ts';
import './sound-line.css';

/** The line; `ear` is shared by all lines of a page, so that one sound is heard at a time. */
export function SoundLine({ sound, ear }: { sound: Sound; ear: Ear }) {
  const isPlaying = ear.soundId === sound.id;
  const whole = { fromMs: 0, toMs: sound.durationMs };
  return (
    <div className="sound-line">
      <button
        type="button"
        className="sound-line-cover"
        aria-label={t(isPlaying ? 'sounds.pause' : 'sounds.play', { title: sound.title })}
        disabled={sound.audioUrl === null}
        onClick={() => (isPlaying ? ear.stop() : ear.play(sound, whole))}
      >
        {sound.coverUrl === null ? <Music2 size={20} aria-hidden="true" /> : <img src={sound.coverUrl} alt="" />}
        <span className="sound-line-sign" aria-hidden="true">
          {isPlaying ? <Pause size={20} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
        </span>
      </button>
      <Link href={`/sound/${sound.id}`} className="sound-line-words">
        <span className="t-label" dir="auto">
          {sound.title}
        </span>
        <span className="t-small ink2">
          <bdi>{sound.artist}</bdi> · <span className="num">{clock(sound.durationMs)}</span>
        </span>
      </Link>
    </div>
  );
}
