/** What must be said of a sound: why it is silent, whom it is credited to, that it is known already. */
import { useQueryClient } from '@tanstack/react-query';
import { CornerDownRight, Gavel, Music2 } from 'lucide-react';
import { useState } from 'react';
import type { Sound } from '@vitrine/schema';
import { Link } from 'wouter';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { dayOf } from '../words/figures.ts';
import { groundWords } from '../words/ground-words.ts';
import { fullNumber, t } from '../words/words.ts';
import { soundLine } from './sound-words.ts';

/** In place of the player while a claim is in force. */
export function Muted({ muted }: { muted: NonNullable<Sound['muted']> }) {
  return (
    <div className="sound-note sound-muted" role="note">
      <Gavel size={22} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <p className="t-label">{t('soundPage.muted')}</p>
        <p className="t-small ink2">
          {t('soundPage.mutedText', {
            day: dayOf(muted.at),
            ground: groundWords(muted.ground),
            n: fullNumber(muted.ledgerIndex),
          })}
        </p>
      </div>
    </div>
  );
}

/** The line that must stand where it is used, the post it comes from, and the chain of what it was made from. */
export function Credits({ sound }: { sound: Sound }) {
  const { madeFrom, post, creditLine } = sound;
  if (madeFrom.length === 0 && post === null && creditLine === '') return null;
  return (
    <section className="sound-credits" aria-label={t('soundPage.credits')}>
      {creditLine !== '' && (
        <p className="t-small ink2" dir="auto">
          {creditLine}
        </p>
      )}
      {post !== null && (
        <Link href={post.path} className="t-small sound-credit">
          {t('soundPage.fromPost')}
        </Link>
      )}
      {madeFrom.length > 0 && (
        <>
          <h2 className="t-small ink2">{t('soundPage.madeFrom')}</h2>
          <ol className="sound-chain">
            {madeFrom.map((credit, place) => (
              <li key={credit.id}>
                {place === 0 ? (
                  <Music2 size={16} aria-hidden="true" />
                ) : (
                  <CornerDownRight size={16} className="turns-rtl" aria-hidden="true" />
                )}
                <Link href={credit.path} className="t-label" dir="auto">
                  {soundLine(credit)}
                </Link>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

/** To its owner: the same recording is here already; crediting it is one press. */
export function SameRecording({ sound }: { sound: Sound }) {
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const same = sound.viewer?.sameAs;
  if (!same || sound.madeFrom.some((credit) => credit.id === same.id)) return null;
  const credit = async (): Promise<void> => {
    setBusy(true);
    try {
      await request(`/sounds/${sound.id}`, { method: 'PATCH', body: { madeFromId: same.id } });
      await cache.invalidateQueries({ queryKey: ['sound', sound.id] });
    } catch (error) {
      toast(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="sound-note">
      <Music2 size={22} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <p className="t-label">{t('soundPage.sameTitle')}</p>
        <p className="t-small ink2">
          <Link href={same.path}>{soundLine(same)}</Link>
        </p>
        <Button size="small" isBusy={isBusy} onClick={() => void credit()}>
          {t('soundPage.sameCredit')}
        </Button>
      </div>
    </div>
  );
}
