/** Begins drafts out of chosen files, with what the address asks for. */
import { useEffect, useState } from 'react';
import type { Post } from '@vitrine/schema';
import { useLocation } from 'wouter';
import { useRegion } from '../api/me.ts';
import { request } from '../api/request.ts';
import { sendForStudio } from '../edit/add-clips.ts';
import { awaitClips, beginStudioDraft, changeStudioDraft } from '../edit/drafts.ts';
import { addPhotos } from '../edit/photos.ts';
import { mediumOf, useMediaVersion } from '../edit/media.ts';
import { t } from '../words/words.ts';
import { groundEdit, groundOf } from './begin.ts';

/** What the create page can begin. */
export interface Studio {
  begin: (files: Iterable<File>) => void;
  /** Length of the post that is stitched; 0: none. */
  parentMs: number;
  /** Who made the post of the duet or stitch; empty: none, or not known yet. */
  parentName: string;
  /** What the draft will begin with, in words. */
  words: string | undefined;
}

/** For the search part of an address. */
export function useStudio(search: string): Studio {
  const region = useRegion();
  const [, go] = useLocation();
  const ground = groundOf(search);
  const parentId = ground.duetOf ?? ground.stitchOf;
  const [parent, setParent] = useState<Post | undefined>(undefined);
  useMediaVersion();
  useEffect(() => {
    if (parentId !== undefined) void request<Post>(`/posts/${parentId}`).then(setParent, () => undefined);
  }, [parentId]);
  const name = parent?.card?.account.handle ?? '';
  const begin = async (files: Iterable<File>): Promise<void> => {
    const chosen = [...files];
    const keys = sendForStudio(chosen, region?.upload.maxBytes);
    if (keys.length === 0) return;
    if (chosen.every((file) => file.type.startsWith('image/'))) {
      const photos = addPhotos({ version: 1, kind: 'photos', photos: [], sound: null }, keys);
      return go(`/create/edit?draft=${beginStudioDraft(photos).key}`);
    }
    // The files stand in a draft before anything is asked of the server, so that a reload loses none.
    const draft = beginStudioDraft();
    awaitClips(draft.key, () => keys.map((key) => ({ key })));
    const edit = await groundEdit(ground, parent?.durationMs ?? 0);
    changeStudioDraft(draft.key, { edit });
    go(`/create/edit?draft=${draft.key}`);
  };
  return {
    begin: (files) => void begin(files),
    parentMs: parent?.durationMs ?? 0,
    parentName: name,
    words:
      ground.soundId !== undefined
        ? t('create.withSound', { name: mediumOf(`sound:${ground.soundId}`).name })
        : ground.duetOf !== undefined
          ? t('create.withDuet', { name })
          : ground.stitchOf !== undefined
            ? t('create.withStitch', { name })
            : undefined,
  };
}
