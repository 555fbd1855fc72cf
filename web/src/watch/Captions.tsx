/** The words that are spoken, in a box above the text. The browser reads the WebVTT; we only draw its lines. */
import type { Card } from '@vitrine/schema';
import { useEffect, useState } from 'react';
import { languageTag } from '../words/words.ts';
import type { Player } from './player.ts';
import { useWatchPrefs } from './prefs.ts';

/** The track in the viewer's language, else the post's own, else the first. */
function chooseTrack(card: Card) {
  const wished = languageTag().split('-')[0];
  const inLanguage = (language: string | null | undefined) =>
    card.captions.find((track) => track.language.split('-')[0] === language?.split('-')[0]);
  return inLanguage(wished) ?? inLanguage(card.language) ?? card.captions[0];
}

/** Shows the lines of the video that plays. */
export function Captions({ card, player, isMuted }: { card: Card; player: Player; isMuted: boolean }) {
  const prefs = useWatchPrefs();
  const [lines, setLines] = useState<string[]>([]);
  const isOn = prefs.captions ?? isMuted;
  const track = isOn ? chooseTrack(card) : undefined;
  useEffect(() => {
    setLines([]);
    if (track === undefined) return undefined;
    const element = document.createElement('track');
    element.kind = 'captions';
    element.srclang = track.language;
    element.label = track.label;
    element.src = track.url;
    player.video().append(element);
    element.track.mode = 'hidden';
    const onCue = (): void =>
      setLines([...(element.track.activeCues ?? [])].map((cue) => (cue as VTTCue).getCueAsHTML().textContent ?? ''));
    element.track.addEventListener('cuechange', onCue);
    return () => {
      element.track.removeEventListener('cuechange', onCue);
      element.remove();
    };
  }, [track?.url, player]);
  if (lines.length === 0) return null;
  return (
    <div className={`captions captions-${prefs.captionSize}`} lang={track?.language} dir="auto">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
