/** The tags of finished watches as pictures, each as large as its share. A press says more, less or none of it. */
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Menu } from '../ui/Overlay.tsx';
import { heldCard } from '../watch/cards.ts';
import { t } from '../words/words.ts';
import type { TastePicture } from './picture.ts';
import { treeMap } from './tree-map.ts';

const MOST_TILES = 8;
const MOST = 3;

interface TileProps {
  tag: string;
  percent: number;
  postId: string;
  widthShare: number;
  value: number;
  onPress: () => void;
}

function TileButton({ tag, percent, postId, widthShare, value, onPress }: TileProps) {
  return (
    <button type="button" className="cabinet-tile" style={{ flexGrow: widthShare * 100 }} onClick={onPress}>
      <img src={heldCard(postId)?.poster.url} alt="" loading="lazy" />
      <span className="cabinet-name">
        {value > 0 && <Plus size={14} aria-label={t('why.more')} />}
        {value < 0 && <Minus size={14} aria-label={t('why.less')} />}
        <span dir="auto">{tag}</span>
      </span>
      <span className="cabinet-share num">{percent} %</span>
    </button>
  );
}

/** The cabinet; a sentence while nothing was finished yet. */
export function Cabinet({
  taste,
  onSlide,
}: {
  taste: TastePicture;
  onSlide: (sliders: Record<string, number>) => void;
}) {
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const tags = taste.tags.slice(0, MOST_TILES);
  const { sliders } = taste.wishes;
  if (tags.length === 0)
    return (
      <div className="cabinet-none">
        <h2 className="t-heading">{t('taste.nothingYet')}</h2>
        <p className="t-body ink2">{t('taste.nothingYetText')}</p>
      </div>
    );
  const slide = (tag: string, by: number): void =>
    onSlide({ ...sliders, [tag]: Math.max(-MOST, Math.min(MOST, (sliders[tag] ?? 0) + by)) });
  return (
    <div className="cabinet" role="group" aria-label={t('taste.picture')}>
      {treeMap(tags.map(({ percent }) => Math.max(1, percent))).map((row) => (
        <div key={row.tiles[0]?.index} className="cabinet-row" style={{ flexGrow: row.heightShare * 100 }}>
          {row.tiles.map(({ index, widthShare }) => {
            const { tag = '', percent = 0, postId = '' } = tags[index] ?? {};
            return (
              <TileButton
                key={tag}
                {...{ tag, percent, postId, widthShare }}
                value={sliders[tag] ?? 0}
                onPress={() => setOpened(tag)}
              />
            );
          })}
        </div>
      ))}
      {opened !== undefined && (
        <Menu
          label={`#${opened}`}
          onClose={() => setOpened(undefined)}
          rows={[
            { label: t('taste.moreOf'), onChoose: () => slide(opened, 1) },
            { label: t('taste.lessOf'), onChoose: () => slide(opened, -1) },
            {
              label: t('taste.asItIs'),
              isChosen: (sliders[opened] ?? 0) === 0,
              onChoose: () => slide(opened, -(sliders[opened] ?? 0)),
            },
          ]}
        />
      )}
    </div>
  );
}
