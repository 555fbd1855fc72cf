/** Begins a draft of the studio: of files, with a sound, beside or after another post. */
import { emptyEdit } from '@vitrine/edit';
import { EDIT_LIMITS, type Sound, type VideoEdit } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { rememberSound } from '../edit/media.ts';

/** What a draft begins with besides its files. */
export interface Ground {
  soundId?: string | undefined;
  duetOf?: string | undefined;
  stitchOf?: string | undefined;
}

/** What the address asks for: `?sound=`, `?duet=`, `?stitch=`. */
export function groundOf(search: string): Ground {
  const asked = new URLSearchParams(search);
  const value = (name: string): string | undefined => asked.get(name) ?? undefined;
  return { soundId: value('sound'), duetOf: value('duet'), stitchOf: value('stitch') };
}

/** The edit of a ground, still without clips of one's own. */
export async function groundEdit({ soundId, duetOf, stitchOf }: Ground, parentMs = 0): Promise<VideoEdit> {
  const edit = emptyEdit();
  if (soundId !== undefined) {
    const sound = await request<Sound>(`/sounds/${soundId}`).catch(() => undefined);
    if (sound) rememberSound(sound);
    edit.sound = { soundId, offsetMs: 0, startMs: 0, lengthMs: null, gain: 1, fadeInMs: 0, fadeOutMs: 0 };
  }
  if (duetOf !== undefined) edit.duet = { postId: duetOf, layout: 'left', gain: 1 };
  if (stitchOf !== undefined && parentMs > 0)
    edit.clips = [
      {
        id: 'parent',
        source: { postId: stitchOf },
        inMs: 0,
        outMs: Math.min(EDIT_LIMITS.stitchMs, parentMs),
        speed: 1,
        crop: null,
        fit: 'cover',
        filter: 'none',
        gain: 1,
      },
    ];
  return edit;
}
