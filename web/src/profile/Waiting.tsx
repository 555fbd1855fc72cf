/** One's own post that the server still checks or encodes: how far it is. */
import { LoaderCircle } from 'lucide-react';
import type { Post } from '@vitrine/schema';
import { Progress } from '../ui/Avatar.tsx';
import { useState } from 'react';
import { t } from '../words/words.ts';

/** The share of the first playable copy, or nothing while the file is checked. */
function shareOf(post: Post): { share: number; words: string } {
  const running = post.encoding?.find((step) => step.state === 'running');
  if (!running) return { share: 0, words: t('create.waiting') };
  return { share: running.fraction, words: `${running.heightPx}p, ${Math.floor(running.fraction * 100)} %` };
}

/** The chip. */
export function Waiting({ post }: { post: Post }) {
  const { share, words } = shareOf(post);
  // The poster has an address before it can be fetched.
  const [isBlank, setIsBlank] = useState(false);
  return (
    <li className="card on-way">
      {post.posterUrl && !isBlank ? (
        <img src={post.posterUrl} alt="" className="on-way-picture" onError={() => setIsBlank(true)} />
      ) : (
        <LoaderCircle size={20} className="step-running" aria-hidden="true" />
      )}
      <Progress label={t('profile.preparing')} words={words} share={share} />
    </li>
  );
}
