/** One's own post that waits for its time: when, and the way to change or call that off. */
import type { Post } from '@vitrine/schema';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import { request, sentenceOf } from '../api/request.ts';
import { WhenSheet } from '../post/When.tsx';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { fullMoment } from '../words/figures.ts';
import { t } from '../words/words.ts';

/** The chip. `onChanged`: the list is to be asked for again. */
export default function Scheduled({ post, onChanged }: { post: Post; onChanged: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const ask = (order: { method: 'PATCH' | 'DELETE'; body?: object }, done: string): void =>
    void request(`/posts/${post.id}`, order).then(
      () => {
        toast(done);
        onChanged();
      },
      (error: unknown) => toast(sentenceOf(error)),
    );
  const move = (publishAt: string | undefined): void =>
    ask(
      { method: 'PATCH', body: { publishAt: publishAt ?? null } },
      publishAt === undefined ? t('create.posted') : t('create.scheduled', { time: fullMoment(publishAt) }),
    );
  return (
    <li className="card on-way on-way-later">
      {post.posterUrl ? (
        <img src={post.posterUrl} alt="" className="on-way-picture" />
      ) : (
        <Clock size={20} aria-hidden="true" />
      )}
      <p className="t-body">{t('create.scheduled', { time: fullMoment(post.publishAt ?? '') })}</p>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('profile.changeTime')}
      </Button>
      <Button size="small" onClick={() => ask({ method: 'DELETE' }, t('profile.calledOff'))}>
        {t('profile.callOff')}
      </Button>
      {isOpen && <WhenSheet publishAt={post.publishAt} onPublishAt={move} onClose={() => setIsOpen(false)} />}
    </li>
  );
}
