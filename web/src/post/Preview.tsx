/** The post as people will see it. */
import { Eye } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../api/me.ts';
import { fileOf } from '../upload/queue.ts';
import type { Draft } from '../upload/draft.ts';
import { t } from '../words/words.ts';

/** The address of the draft's file for a player; undefined when there is none. */
function useFileAddress(key: string): string | undefined {
  const [address, setAddress] = useState<string | undefined>(undefined);
  useEffect(() => {
    const file = fileOf(key);
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [key]);
  return address;
}

/** A phone-shaped player with the post's words over it. */
export function Preview({ draft, pictureUrl }: { draft: Draft; pictureUrl: string | undefined }) {
  const me = useMe();
  const address = useFileAddress(draft.key);
  const video = useRef<HTMLVideoElement>(null);
  const { coverMs, text } = draft.choices;
  useEffect(() => {
    if (video.current && coverMs !== undefined) video.current.currentTime = coverMs / 1000;
  }, [coverMs]);
  return (
    <figure className="preview">
      <div className="preview-screen over-video">
        {pictureUrl !== undefined && <img src={pictureUrl} alt="" className="preview-picture" />}
        {address !== undefined && (
          <video
            ref={video}
            src={address}
            muted
            playsInline
            loop
            controls={false}
            preload="metadata"
            onClick={(event) =>
              event.currentTarget.paused ? void event.currentTarget.play() : event.currentTarget.pause()
            }
          />
        )}
        <div className="preview-words">
          <strong className="t-label">{me?.handle ?? ''}</strong>
          <p dir="auto">{text}</p>
        </div>
      </div>
      <figcaption className="t-small ink3">
        <Eye size={16} aria-hidden="true" />
        {t('create.asSeen')}
      </figcaption>
    </figure>
  );
}
