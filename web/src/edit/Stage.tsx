/** The picture: the preview's canvas with the texts and stickers to be taken hold of, moved, scaled and turned. */
import { frameAt, frameSize } from '@vitrine/edit';
import { useEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react';
import { t } from '../words/words.ts';
import { CropFrame } from './CropFrame.tsx';
import { useEditor, useMoment, type Chosen } from './editor.ts';
import { FilterDefinitions } from './FilterDefinitions.tsx';
import {
  hitAt,
  middleOf,
  outlineOf,
  placedLayers,
  snappedAngle,
  stretchOf,
  type PlacedLayer,
  type Point,
} from './hit.ts';
import { measureText } from './paint.ts';
import { changeSticker, changeText } from './pieces.ts';
import { previewSize } from './player.ts';
import { followPull } from './timeline/drag.ts';

const SLACK_PX = 14;
const TEXT_SIZE = { min: 0.02, max: 0.4 };
const STICKER_SIZE = { min: 0.04, max: 1 };
const within = (value: number, { min, max }: { min: number; max: number }): number =>
  Math.min(max, Math.max(min, value));

/** The texts and stickers of the shown moment. */
function useShownLayers(): PlacedLayer[] {
  const { edit, sources, timeline, player } = useEditor();
  // Drawn anew every twentieth of a second, with what is seen at the very moment.
  useMoment(player, 50);
  const atMs = player.atMs();
  const size = previewSize(frameSize(edit.frame));
  return placedLayers(frameAt({ ...edit, clips: [] }, atMs, { sources, measure: measureText, size, timeline }));
}

/** The frame around the chosen piece, with a corner to scale and turn. */
function Frame({
  layer,
  toFrame,
}: {
  layer: PlacedLayer;
  toFrame: (event: { clientX: number; clientY: number }) => Point;
}) {
  const { edit, change, settle } = useEditor();
  const size = previewSize(frameSize(edit.frame));
  const box = outlineOf(layer);
  const middle = middleOf(layer);
  const onCorner = (event: ReactPointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    const from = toFrame(event);
    const { clientX, clientY } = event;
    const text = edit.texts.find((candidate) => candidate.id === layer.id);
    const sticker = edit.stickers.find((candidate) => candidate.id === layer.id);
    followPull(event, {
      onMove: (dx, dy) => {
        const { factor, degrees } = stretchOf(middle, from, toFrame({ clientX: clientX + dx, clientY: clientY + dy }));
        const rotationDegrees = snappedAngle(layer.rotationDegrees + degrees);
        change(
          (now) =>
            text
              ? changeText(now, text.id, { size: within(text.size * factor, TEXT_SIZE), rotationDegrees })
              : sticker
                ? changeSticker(now, sticker.id, { size: within(sticker.size * factor, STICKER_SIZE), rotationDegrees })
                : now,
          `scale ${layer.id}`,
        );
      },
      onEnd: settle,
    });
  };
  const percent = (value: number, whole: number): string => `${(value / whole) * 100}%`;
  return (
    <div
      className="edit-stage-frame"
      style={{
        left: percent(middle.x, size.widthPx),
        top: percent(middle.y, size.heightPx),
        width: percent(box.width + 12, size.widthPx),
        height: percent(box.height + 12, size.heightPx),
        transform: `translate(-50%, -50%) rotate(${layer.rotationDegrees}deg)`,
      }}
    >
      <span className="edit-stage-corner" onPointerDown={onCorner} />
    </div>
  );
}

type ToFrame = (event: { clientX: number; clientY: number }) => Point;

/** Taking hold of what lies under the pointer; a mere press chooses, or plays and pauses. */
function useHold(layers: readonly PlacedLayer[], toFrame: ToFrame) {
  const { edit, player, chosen, choose, open, change, settle } = useEditor();
  const size = previewSize(frameSize(edit.frame));
  const press = (piece: Chosen | undefined): void => {
    if (piece !== undefined) {
      if (chosen?.id === piece.id) open(piece.kind === 'text' ? 'text' : 'stickers');
      choose(piece);
    } else if (chosen !== undefined && chosen.kind !== 'clip') choose(undefined);
    else if (player.isPlaying()) player.pause();
    else player.play();
  };
  return (event: ReactPointerEvent<HTMLElement>): void => {
    const scale = toFrame({ clientX: 1, clientY: 0 }).x - toFrame({ clientX: 0, clientY: 0 }).x;
    const hit = hitAt(layers, toFrame(event), SLACK_PX * scale);
    const piece: Chosen | undefined = hit && { kind: hit.kind, id: hit.id };
    const held = [...edit.texts, ...edit.stickers].find((candidate) => candidate.id === hit?.id);
    followPull(event, {
      onMove: (dx, dy) => {
        if (piece === undefined || held === undefined) return;
        choose(piece);
        const place = {
          x: within(held.x + (dx * scale) / size.widthPx, { min: 0, max: 1 }),
          y: within(held.y + (dy * scale) / size.heightPx, { min: 0, max: 1 }),
        };
        change(
          (now) => (piece.kind === 'text' ? changeText(now, piece.id, place) : changeSticker(now, piece.id, place)),
          `place ${piece.id}`,
        );
      },
      onEnd: (hasMoved) => {
        settle();
        if (!hasMoved) press(piece);
      },
    });
  };
}

/** The stage. */
export function Stage() {
  const { edit, player, chosen, tool } = useEditor();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = previewSize(frameSize(edit.frame));
  const isCropping = tool === 'crop';
  const shown = useShownLayers();
  const layers = isCropping ? [] : shown;
  useEffect(() => {
    player.attach(canvas.current);
    return () => player.attach(null);
  }, [player, size.widthPx, size.heightPx]);
  const toFrame: ToFrame = ({ clientX, clientY }) => {
    const shown = canvas.current?.getBoundingClientRect();
    if (!shown || shown.width === 0) return { x: 0, y: 0 };
    const scale = size.widthPx / shown.width;
    return { x: (clientX - shown.left) * scale, y: (clientY - shown.top) * scale };
  };
  const onPointerDown = useHold(layers, toFrame);
  const framed = layers.find((layer) => layer.id === chosen?.id);
  const style = { '--shape': String(size.widthPx / size.heightPx) } as Record<string, string>;
  return (
    <div className="edit-stage over-video">
      <FilterDefinitions />
      <div className="edit-stage-screen" style={style} role="presentation" onPointerDown={onPointerDown}>
        <canvas ref={canvas} width={size.widthPx} height={size.heightPx} role="img" aria-label={t('edit.preview')} />
        {framed && <Frame layer={framed} toFrame={toFrame} />}
        {isCropping && <CropFrame />}
      </div>
    </div>
  );
}
