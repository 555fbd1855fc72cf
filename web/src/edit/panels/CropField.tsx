/** Which part of the clip's picture is shown: a zoom, and where its middle lies. */
import { changeClip } from '@vitrine/edit';
import type { Clip, Crop } from '@vitrine/schema';
import { Slider } from '../../ui/Choice.tsx';
import { fullNumber, t } from '../../words/words.ts';
import { cropOf, zoomOf } from '../crop.ts';
import { useEditor } from '../editor.ts';

/** Three sliders, each with words. */
export function CropField({ clip }: { clip: Clip }) {
  const { change, settle } = useEditor();
  const view = zoomOf(clip.crop);
  const set = (next: Partial<typeof view>): void => {
    const crop: Crop | null = cropOf({ ...view, ...next });
    change((edit) => changeClip(edit, clip.id, (old) => ({ ...old, crop })), `crop ${clip.id}`);
  };
  const percent = (share: number): string => `${fullNumber(Math.round(share * 100))} %`;
  return (
    <div className="crop-field" onPointerUp={settle}>
      <div className="panel-row">
        <h3 className="panel-label">{t('edit.zoomIn')}</h3>
        <span className="t-small ink2 num">{percent(view.zoom)}</span>
      </div>
      <Slider
        label={t('edit.zoomIn')}
        words={percent(view.zoom)}
        min={1}
        max={4}
        step={0.05}
        value={view.zoom}
        onChange={(zoom) => set({ zoom })}
      />
      {view.zoom > 1 && (
        <>
          <h3 className="panel-label">{t('edit.sideways')}</h3>
          <Slider label={t('edit.sideways')} words={percent(view.x)} value={view.x} onChange={(x) => set({ x })} />
          <h3 className="panel-label">{t('edit.upDown')}</h3>
          <Slider label={t('edit.upDown')} words={percent(view.y)} value={view.y} onChange={(y) => set({ y })} />
        </>
      )}
    </div>
  );
}
