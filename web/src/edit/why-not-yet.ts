/** What keeps the edit from going on to its post, told before time is lost. */
import { problemsOf } from '@vitrine/edit';
import { useRegion } from '../api/me.ts';
import { clock } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { useEditor } from './editor.ts';

/** The first reason, in words; undefined: it can go on. What may still come (a file that is being looked at) keeps nothing. */
export function useWhyNotYet(): string | undefined {
  const { edit, sources } = useEditor();
  const region = useRegion();
  const maxDurationMs = region?.upload.maxDurationMs;
  if (edit.clips.length === 0) return t('edit.nothingYet');
  const problems = problemsOf(edit, sources, maxDurationMs === undefined ? {} : { maxDurationMs });
  if (problems.some(({ code }) => code === 'too_long')) return t('edit.tooLong', { time: clock(maxDurationMs ?? 0) });
  return problems.find(({ code }) => code === 'letters_missing' || code === 'clip_outside_source')?.sentence;
}
