/** Which part of the clip's picture is shown: sliders for what the frame on the picture does too. */
import { changeClip } from '@vitrine/edit';
import type { Clip, Crop } from '@vitrine/schema';
import { Check, Crop as CropSign, Maximize2 } from 'lucide-react';
import { Button } from '../../ui/Button.tsx';
import { Slider } from '../../ui/Choice.tsx';
import { useIsWide } from '../../ui/wide.ts';
import { fullNumber, t } from '../../words/words.ts';
import { cropOf, NEAREST, zoomOf } from '../crop.ts';
import { useEditor } from '../editor.ts';

/** On a wide page the frame is asked for; on a phone it is there as long as this is. */
function Acts({ hasCrop, onWhole }: { hasCrop: boolean; onWhole: () => void }) {
  const { tool, open } = useEditor();
  const isWide = useIsWide();
  const isOn = tool === 'crop';
  return (
    <div className="chip-row">
      {isWide && (
        <Button
          size="small"
          icon={isOn ? <Check size={16} /> : <CropSign size={16} />}
          aria-pressed={isOn}
          onClick={() => open(isOn ? undefined : 'crop')}
        >
          {t(isOn ? 'edit.done' : 'edit.cropOnPicture')}
        </Button>
      )}
      <Button
        size="small"
        icon={<Maximize2 size={16} />}
        disabledReason={hasCrop ? undefined : t('edit.cropNone')}
        onClick={onWhole}
      >
        {t('edit.cropWhole')}
      </Button>
    </div>
  );
}

/** Sliders, each with words; always all of them: the picture must not change its size under a finger that crops it. */
export function CropField({ clip }: { clip: Clip }) {
  const { change, settle } = useEditor();
  const { crop } = clip;
  const view = zoomOf(crop);
  const put = (next: Crop | null, gesture?: string): void =>
    change((edit) => changeClip(edit, clip.id, (old) => ({ ...old, crop: next })), gesture);
  const set = (next: Partial<typeof view>): void => put(cropOf({ ...view, ...next }, crop), `crop ${clip.id}`);
  const percent = (share: number): string => `${fullNumber(Math.round(share * 100))} %`;
  return (
    <div className="crop-field" onPointerUp={settle}>
      <Acts hasCrop={crop !== null} onWhole={() => put(null)} />
      <div className="panel-row">
        <h3 className="panel-label">{t('edit.zoomIn')}</h3>
        <span className="t-small ink2 num">{percent(view.zoom)}</span>
      </div>
      <Slider
        label={t('edit.zoomIn')}
        words={percent(view.zoom)}
        min={1}
        max={NEAREST}
        step={0.05}
        value={view.zoom}
        onChange={(zoom) => set({ zoom })}
      />
      <h3 className="panel-label">{t('edit.sideways')}</h3>
      <Slider label={t('edit.sideways')} words={percent(view.x)} value={view.x} onChange={(x) => set({ x })} />
      <h3 className="panel-label">{t('edit.upDown')}</h3>
      <Slider label={t('edit.upDown')} words={percent(view.y)} value={view.y} onChange={(y) => set({ y })} />
    </div>
  );
}
