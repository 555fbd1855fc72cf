/** A voice over the video: recorded while it plays, from the playhead on. */
import { Mic, Square, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { addFile } from '../../upload/queue.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { t } from '../../words/words.ts';
import { newPieceId, useEditor, useMoment } from '../editor.ts';
import { fineClock } from '../words.ts';
import { GainField } from './ClipPanels.tsx';

/** Which kind of file this browser records sound into. */
function voiceType(): { mimeType: string; ending: string } | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined;
  const kinds = [
    { mimeType: 'audio/webm;codecs=opus', ending: 'webm' },
    { mimeType: 'audio/mp4', ending: 'm4a' },
  ];
  return kinds.find(({ mimeType }) => MediaRecorder.isTypeSupported(mimeType));
}

interface Recording {
  recorder: MediaRecorder;
  startMs: number;
}

/** Records; the piece is kept as a file of this device before anything else happens to it. */
function useVoice(onRecorded: (file: File, startMs: number) => void) {
  const { player } = useEditor();
  const [recording, setRecording] = useState<Recording | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const latest = useRef(recording);
  latest.current = recording;
  const stop = (): void => {
    latest.current?.recorder.stop();
    player.pause();
  };
  useEffect(() => {
    const stopHearing = player.onMove(() => {
      if (latest.current && !player.isPlaying()) stop();
    });
    return () => {
      stopHearing();
      stop();
    };
  }, []);
  const start = async (): Promise<void> => {
    const type = voiceType();
    if (type === undefined || !navigator.mediaDevices) return setProblem(t('edit.voiceUnable'));
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true } });
      const recorder = new MediaRecorder(stream, { mimeType: type.mimeType });
      const parts: Blob[] = [];
      const startMs = Math.round(player.atMs() >= player.durationMs() - 100 ? 0 : player.atMs());
      recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
      recorder.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop();
        setRecording(undefined);
        const bare = type.mimeType.split(';')[0] ?? '';
        onRecorded(new File(parts, `voice-${Date.now()}.${type.ending}`, { type: bare }), startMs);
      });
      recorder.start(1000);
      setProblem(undefined);
      setRecording({ recorder, startMs });
      player.seek(startMs);
      player.play(true);
    } catch {
      setProblem(t('edit.voiceRefused'));
    }
  };
  return { recording, problem, start, stop };
}

/** The panel. */
export function VoicePanel() {
  const { edit, change, settle, player } = useEditor();
  const atMs = useMoment(player);
  const { recording, problem, start, stop } = useVoice((file, startMs) => {
    const uploadId = addFile(file, 'studio');
    change((now) => ({ ...now, voiceOvers: [...now.voiceOvers, { id: newPieceId(), uploadId, startMs, gain: 1 }] }));
  });
  return (
    <div className="panel-body">
      <p className="t-small ink2">{t('edit.voiceHow')}</p>
      {problem !== undefined && (
        <p className="t-body panel-problem" role="alert">
          {problem}
        </p>
      )}
      {recording ? (
        <Button kind="fill" icon={<Square size={16} fill="currentColor" />} onClick={stop}>
          {t('edit.voiceStop')} <span className="num">{fineClock(atMs - recording.startMs)}</span>
        </Button>
      ) : (
        <Button icon={<Mic size={18} />} onClick={() => void start()}>
          {t('edit.voiceStart')}
        </Button>
      )}
      {edit.voiceOvers.map((voice, place) => (
        <div key={voice.id} className="voice-row">
          <GainField
            label={t('edit.voiceAt', { n: place + 1, time: fineClock(voice.startMs) })}
            value={voice.gain}
            onGain={(gain) =>
              change(
                (now) => ({
                  ...now,
                  voiceOvers: now.voiceOvers.map((old) => (old.id === voice.id ? { ...old, gain } : old)),
                }),
                `gain ${voice.id}`,
              )
            }
            onEnd={settle}
          />
          <IconButton
            label={t('edit.deleteVoice', { n: place + 1 })}
            sizePx={44}
            onClick={() =>
              change((now) => ({ ...now, voiceOvers: now.voiceOvers.filter((old) => old.id !== voice.id) }))
            }
          >
            <Trash2 size={18} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
