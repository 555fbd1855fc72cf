/** Topics asked for by hand, and what is never wanted: creators, sounds, words. Each can be taken back by a press. */
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Chip } from '../ui/Choice.tsx';
import { t } from '../words/words.ts';
import type { Wishes } from './memory.ts';

type Change = (change: Partial<Wishes>) => void;

function AddTopic({ onAdd }: { onAdd: (tag: string) => void }) {
  const [text, setText] = useState<string | undefined>(undefined);
  if (text === undefined)
    return (
      <Chip tone="outline" icon={<Plus size={16} />} onPress={() => setText('')}>
        {t('taste.add')}
      </Chip>
    );
  const add = (): void => {
    const tag = text.trim().replace(/^#/, '').toLowerCase();
    if (tag !== '') onAdd(tag);
    setText(undefined);
  };
  return (
    <form
      className="topics-form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        className="topics-field"
        aria-label={t('taste.topic')}
        placeholder={t('taste.topic')}
        maxLength={60}
        autoFocus
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={add}
      />
    </form>
  );
}

/** Next step of a topic's press: more, less, nothing. */
function stepped(value: number): number {
  if (value > 0) return -2;
  return value < 0 ? 0 : 2;
}

/** The chips. */
export function Topics({ wishes, onChange }: { wishes: Wishes; onChange: Change }) {
  const { sliders, blockedCreators, blockedSounds } = wishes;
  const topics = Object.entries(sliders).filter(([, value]) => value !== 0);
  const never = [
    ...blockedCreators.map(({ key, handle }) => ({
      name: `@${handle}`,
      back: (): void => onChange({ blockedCreators: blockedCreators.filter((other) => other.key !== key) }),
    })),
    ...blockedSounds.map(({ key, title }) => ({
      name: title,
      back: (): void => onChange({ blockedSounds: blockedSounds.filter((other) => other.key !== key) }),
    })),
  ];
  return (
    <section>
      <h2 className="t-sub">{t('taste.topics')}</h2>
      <div className="topics">
        {topics.map(([tag, value]) => (
          <Chip
            key={tag}
            isLit={value > 0}
            icon={value > 0 ? <Plus size={16} /> : undefined}
            onPress={() => onChange({ sliders: { ...sliders, [tag]: stepped(value) } })}
          >
            <span className={value < 0 ? 'topics-less' : ''}>{tag}</span>
          </Chip>
        ))}
        <AddTopic onAdd={(tag) => onChange({ sliders: { ...sliders, [tag]: 2 } })} />
      </div>
      {never.length > 0 && (
        <>
          <h3 className="t-label ink2">{t('taste.never')}</h3>
          <div className="topics">
            {never.map(({ name, back }) => (
              <Chip key={name} icon={<X size={16} />} onPress={back}>
                {name}
              </Chip>
            ))}
          </div>
        </>
      )}
    </section>
  );
}
