/** A video that does not load: gone (with the reason, where there is one) or only out of reach. */
import { useQuery } from '@tanstack/react-query';
import type { Card, Post } from '@vitrine/schema';
import { CloudOff, RotateCw } from 'lucide-react';
import { request } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import { holdCards } from './cards.ts';
import type { Player } from './player.ts';
import { RemovedCard, restrictionOf } from './RemovedCard.tsx';

/** Asks the server what became of the post, and says it over the blurred poster. */
export default function FailedVideo({ card, player }: { card: Card; player: Player }) {
  const post = useQuery({
    queryKey: ['whatBecame', card.id],
    queryFn: () => request<Post>(`/posts/${card.id}`),
    staleTime: 0,
    retry: false,
  });
  const isGone = restrictionOf(post.error) !== undefined;
  if (isGone) return <RemovedCard error={post.error} />;
  return (
    <div className="gate glass">
      <CloudOff size={24} aria-hidden="true" />
      <h2 className="t-heading">{t('watch.doesNotLoad')}</h2>
      <p className="t-body">{t('watch.doesNotLoadText')}</p>
      <Button
        kind="main"
        icon={<RotateCw size={18} />}
        onClick={() => {
          const fresh = post.data?.card;
          if (fresh !== undefined) holdCards([fresh]);
          player.retry(fresh ?? card);
        }}
      >
        {t('ui.tryNow')}
      </Button>
    </div>
  );
}
