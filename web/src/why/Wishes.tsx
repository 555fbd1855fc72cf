/** Less, more, never: wishes that act on the very next swipe and stay on this device. */
import type { Card } from '@vitrine/schema';
import { Minus, Plus } from 'lucide-react';
import type { Why } from '../rank/calls.ts';
import { ask } from '../rank/for-you.ts';
import { tellTasteChanged } from '../rank/hear-watches.ts';
import type { Wishes as AllWishes } from '../taste/memory.ts';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

const MOST = 3;

async function change(make: (wishes: AllWishes) => Partial<AllWishes>, said: string): Promise<void> {
  const { wishes } = await ask('taste');
  await ask('wish', make(wishes));
  tellTasteChanged();
  const { tags: _, ...before } = { tags: 0, ...wishes };
  toast(said, () => void ask('wish', before).then(tellTasteChanged));
}

/** Moves the sliders of the post's tags by one. */
function slide(card: Card, by: 1 | -1): void {
  void change(
    ({ sliders }) => ({
      sliders: {
        ...sliders,
        ...Object.fromEntries(card.tags.map((tag) => [tag, Math.max(-MOST, Math.min(MOST, (sliders[tag] ?? 0) + by))])),
      },
    }),
    t(by < 0 ? 'why.lessSaid' : 'why.moreSaid'),
  );
}

/** The four buttons; what the post has no tag or sound for is not offered. */
export function Wishes({ card, why }: { card: Card; why: Why }) {
  const { handle } = card.account;
  const { sound } = card;
  return (
    <div className="why-wishes">
      {card.tags.length > 0 && (
        <>
          <Button icon={<Minus size={18} />} onClick={() => slide(card, -1)}>
            {t('why.less')}
          </Button>
          <Button icon={<Plus size={18} />} onClick={() => slide(card, 1)}>
            {t('why.more')}
          </Button>
        </>
      )}
      {why.creator !== 0 && (
        <Button
          kind="plain"
          onClick={() =>
            void change(
              ({ blockedCreators }) => ({ blockedCreators: [...blockedCreators, { key: why.creator, handle }] }),
              t('why.neverCreatorSaid', { handle }),
            )
          }
        >
          {t('why.neverCreator')}
        </Button>
      )}
      {why.sound !== 0 && sound !== null && (
        <Button
          kind="plain"
          onClick={() =>
            void change(
              ({ blockedSounds }) => ({ blockedSounds: [...blockedSounds, { key: why.sound, title: sound.title }] }),
              t('why.neverSoundSaid'),
            )
          }
        >
          {t('why.neverSound')}
        </Button>
      )}
    </div>
  );
}
