/** The editor's page: opens the draft of the address and shows the face that fits the page. */
import { useEffect, useState } from 'react';
import type { VideoEdit } from '@vitrine/schema';
import { useLocation, useSearch } from 'wouter';
import { useMe } from '../api/me.ts';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { useIsWide } from '../ui/wide.ts';
import { t } from '../words/words.ts';
import { useWaitingClips } from './add-clips.ts';
import type { StudioDraft } from './draft.ts';
import { openStudioDraft, useStudioDrafts } from './drafts.ts';
import { EditorProvider, useMakeEditor } from './editor.ts';
import type { EditorFace } from './face.ts';
import { KeysHelp } from './KeysHelp.tsx';
import { useEditorKeys } from './keys.ts';
import { Overtaken } from './Overtaken.tsx';
import { PhotoEditor } from './PhotoEditor.tsx';
import { PhoneEditor } from './PhoneEditor.tsx';
import { WideEditor } from './WideEditor.tsx';
import './edit.css';
import './panels/panels.css';

function OpenEditor({ draft, edit }: { draft: StudioDraft; edit: VideoEdit }) {
  const [, go] = useLocation();
  const me = useMe();
  const isWide = useIsWide();
  const editor = useMakeEditor(draft.key, edit);
  const waiting = useWaitingClips(editor);
  const [hasHelp, setHasHelp] = useState(false);
  useEditorKeys(editor, () => setHasHelp(true));
  const face: EditorFace = {
    onBack: () => {
      toast(t('edit.draftKept'));
      go(me ? `/@${me.handle}` : '/');
    },
    onNext: () => {
      editor.player.pause();
      go(`/create/post?draft=${draft.key}`);
    },
    onHelp: () => setHasHelp(true),
    waitingCount: waiting.length,
  };
  return (
    <EditorProvider value={editor}>
      {isWide ? <WideEditor {...face} /> : <PhoneEditor {...face} />}
      {hasHelp && <KeysHelp onClose={() => setHasHelp(false)} />}
    </EditorProvider>
  );
}

/** Opens the draft of an id; again when another state of it was taken over. */
export function useOpenDraft(id: string | null): { draft: StudioDraft | undefined; error: unknown } {
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const [error, setError] = useState<unknown>(undefined);
  const drafts = useStudioDrafts();
  useEffect(() => {
    if (id === null) return;
    setError(undefined);
    openStudioDraft(id).then((draft) => setOpened(draft.key), setError);
  }, [id]);
  return { draft: drafts?.find(({ key }) => key === opened), error };
}

/** The page. */
export default function EditScreen() {
  const id = new URLSearchParams(useSearch()).get('draft');
  const [, go] = useLocation();
  const { draft, error } = useOpenDraft(id);
  useEffect(() => {
    if (id === null) go('/create', { replace: true });
  }, [id]);
  if (error !== undefined) return <ErrorState error={error} onRetry={() => location.reload()} />;
  if (draft === undefined) return <SkeletonRows count={5} />;
  if (draft.isOvertaken) return <Overtaken draft={draft} />;
  if (draft.edit.kind === 'photos') return <PhotoEditor key={draft.key} draft={draft} first={draft.edit} />;
  return <OpenEditor key={draft.key} draft={draft} edit={draft.edit} />;
}
