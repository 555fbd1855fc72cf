/** One's picture: choose a file, move and zoom it in the circle, save. What leaves the device is the square alone. */
import type { Me } from '@vitrine/schema';
import { Camera, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { meChanged } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { FormError } from '../accounts/FormError.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Slider } from '../ui/Choice.tsx';
import { Sheet } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { boundedCrop, cropOf, type Crop } from './crop.ts';

const SIDE_PX = 512;
const QUALITY = 0.9;
const LARGEST_ZOOM = 4;

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { x, y, side } = cropOf(picture, crop);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height);
}

async function bytesOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the browser made no picture')) : resolve(blob)),
      'image/jpeg',
      QUALITY,
    );
  });
}

/** Moves the crop with finger, mouse or arrow keys. */
function useMoving(picture: ImageBitmap, crop: Crop, setCrop: (crop: Crop) => void) {
  const last = useRef<{ x: number; y: number } | undefined>(undefined);
  const move = (dx: number, dy: number, widthPx: number): void => {
    const { side } = cropOf(picture, crop);
    const scale = side / widthPx;
    setCrop(
      boundedCrop(picture, {
        ...crop,
        centreX: crop.centreX - (dx * scale) / picture.width,
        centreY: crop.centreY - (dy * scale) / picture.height,
      }),
    );
  };
  return {
    onPointerDown: (event: ReactPointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: ReactPointerEvent<HTMLCanvasElement>) => {
      if (last.current === undefined) return;
      move(event.clientX - last.current.x, event.clientY - last.current.y, event.currentTarget.clientWidth);
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      last.current = undefined;
    },
    onKeyDown: (event: { key: string; preventDefault: () => void; currentTarget: HTMLCanvasElement }) => {
      const step = { ArrowLeft: [12, 0], ArrowRight: [-12, 0], ArrowUp: [0, 12], ArrowDown: [0, -12] }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      move(step[0] ?? 0, step[1] ?? 0, event.currentTarget.clientWidth);
    },
  };
}

function CropSheet({
  picture,
  onClose,
  onDone,
}: {
  picture: ImageBitmap;
  onClose: () => void;
  onDone: (me: Me) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [crop, setCrop] = useState<Crop>({ centreX: 0.5, centreY: 0.5, zoom: 1 });
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const moving = useMoving(picture, crop, setCrop);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, picture, crop);
  }, [picture, crop]);
  const save = async (): Promise<void> => {
    if (canvas.current === null) return;
    setIsBusy(true);
    try {
      onDone(await request<Me>('/me/avatar', { method: 'PUT', body: await bytesOf(canvas.current) }));
    } catch (problem) {
      setError(sentenceOf(problem));
      setIsBusy(false);
    }
  };
  return (
    <Sheet title={t('settings.picture')} onClose={onClose}>
      <div className="crop">
        <canvas
          ref={canvas}
          width={SIDE_PX}
          height={SIDE_PX}
          tabIndex={0}
          role="img"
          aria-label={t('settings.movePicture')}
          {...moving}
        />
        <Slider
          label={t('settings.zoom')}
          min={1}
          max={LARGEST_ZOOM}
          value={crop.zoom}
          onChange={(zoom) => setCrop(boundedCrop(picture, { ...crop, zoom }))}
        />
        <FormError error={error} />
        <Button kind="main" isWide isBusy={isBusy} onClick={() => void save()}>
          {t('settings.usePicture')}
        </Button>
      </div>
    </Sheet>
  );
}

/** The picture now, and the ways to change it. */
export function AvatarEditor({ me }: { me: Me }) {
  const [picture, setPicture] = useState<ImageBitmap | undefined>(undefined);
  const open = (file: File | undefined): void => {
    if (file === undefined) return;
    createImageBitmap(file).then(setPicture, () => toast(t('settings.pictureUnreadable')));
  };
  const remove = (): void => {
    request<Me>('/me/avatar', { method: 'DELETE' }).then(meChanged, (problem: unknown) => toast(sentenceOf(problem)));
  };
  return (
    <div className="avatar-editor">
      <Avatar person={me} sizePx={88} />
      <div className="avatar-acts">
        <label className="btn btn-second btn-normal">
          <span className="btn-face">
            <Camera size={18} aria-hidden="true" />
            {t('settings.choosePicture')}
          </span>
          <input
            type="file"
            className="visually-hidden"
            accept="image/*"
            onChange={(event) => {
              open(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        {me.avatarUrl !== null && (
          <Button kind="plain" icon={<Trash2 size={18} />} onClick={remove}>
            {t('settings.removePicture')}
          </Button>
        )}
      </div>
      {picture !== undefined && (
        <CropSheet
          picture={picture}
          onClose={() => setPicture(undefined)}
          onDone={(next) => {
            setPicture(undefined);
            meChanged(next);
          }}
        />
      )}
    </div>
  );
}
