/** The cover: one of the frames of the clip. */
import { useEffect, useState } from 'react';
import { fileOf } from '../upload/queue.ts';
import type { Draft } from '../upload/draft.ts';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { readFrames, type Frame } from './frames.ts';

/** The frames of a draft's file; empty while they are read and where the browser cannot play it. */
export function useFrames(draft: Draft): readonly Frame[] {
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  useEffect(() => {
    const file = fileOf(draft.key);
    if (!file) return undefined;
    const leaving = new AbortController();
    let made: readonly Frame[] = [];
    void readFrames(file, leaving.signal).then((found) => {
      made = found;
      if (!leaving.signal.aborted) setFrames(found);
    });
    return () => {
      leaving.abort();
      for (const frame of made) URL.revokeObjectURL(frame.url);
    };
  }, [draft.key]);
  return frames;
}

/** Cells of the server's strip as pictures of one wide picture. */
function StripCell({ draft, place }: { draft: Draft; place: number }) {
  const strip = draft.upload?.storyboard;
  if (!strip) return null;
  const style = {
    backgroundImage: `url("${strip.url}")`,
    backgroundSize: `${strip.frames * 100}% 100%`,
    backgroundPosition: `${(place / Math.max(1, strip.frames - 1)) * 100}% 0`,
  };
  return <span className="cover-cell-picture" style={style} />;
}

/** The strip; the chosen frame has the lamp's ring. */
export function CoverPicker({
  draft,
  frames,
  onCover,
}: {
  draft: Draft;
  frames: readonly Frame[];
  onCover: (atMs: number | undefined) => void;
}) {
  const strip = draft.upload?.storyboard;
  const durationMs = draft.upload?.durationMs ?? 0;
  const cells: readonly Frame[] =
    frames.length > 0
      ? frames
      : Array.from({ length: strip?.frames ?? 0 }, (_, place) => ({
          atMs: (durationMs * (place + 0.5)) / (strip?.frames ?? 1),
          url: '',
        }));
  if (cells.length === 0) return null;
  const chosen = draft.choices.coverMs;
  return (
    <section className="cover" aria-label={t('create.cover')}>
      <h2 className="t-sub">{t('create.cover')}</h2>
      <div className="cover-strip">
        {cells.map((cell, place) => {
          const isChosen = chosen !== undefined && Math.abs(chosen - cell.atMs) < 1;
          return (
            <button
              key={cell.atMs}
              type="button"
              className={`cover-cell ${isChosen ? 'is-chosen' : ''}`}
              aria-pressed={isChosen}
              aria-label={t('create.coverAt', { time: clock(cell.atMs) })}
              onClick={() => onCover(isChosen ? undefined : cell.atMs)}
            >
              {cell.url === '' ? <StripCell draft={draft} place={place} /> : <img src={cell.url} alt="" />}
            </button>
          );
        })}
      </div>
    </section>
  );
}
