/** The camera of this device: opened, turned around, lit, brought nearer. */
import { useEffect, useRef, useState } from 'react';

/** Why there is no picture. */
export type CameraProblem = 'insecure' | 'none' | 'refused' | 'busy';
type Facing = 'user' | 'environment';

/** A camera as the screen sees it. */
export interface Camera {
  stream: MediaStream | undefined;
  problem: CameraProblem | undefined;
  /** The front camera is shown as in a mirror. */
  isMirrored: boolean;
  canFlip: boolean;
  flip: () => void;
  hasTorch: boolean;
  isTorchOn: boolean;
  turnTorch: () => void;
  /** 1 is as it is; without effect where the camera cannot. */
  zoom: (factor: number) => void;
}

/** What some cameras can beyond the standard's first edition. */
interface MoreCapabilities extends MediaTrackCapabilities {
  torch?: boolean;
  zoom?: { min: number; max: number };
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'none';
}

async function open(facing: Facing): Promise<MediaStream> {
  const video = { facingMode: facing, width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30 } };
  const audio = { echoCancellation: false, noiseSuppression: false };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio });
  } catch (error) {
    // A device without a microphone still films.
    if (problemOf(error) !== 'none') throw error;
    return navigator.mediaDevices.getUserMedia({ video });
  }
}

function moreOf(track: MediaStreamTrack | undefined): MoreCapabilities {
  return track?.getCapabilities?.() ?? {};
}

/** Opens the camera while mounted. */
export function useCamera(): Camera {
  const [facing, setFacing] = useState<Facing>('environment');
  const [stream, setStream] = useState<MediaStream | undefined>(undefined);
  const [problem, setProblem] = useState<CameraProblem | undefined>(undefined);
  const [canFlip, setCanFlip] = useState(false);
  const [isTorchOn, setIsTorchOn] = useState(false);
  const latest = useRef<MediaStream | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    const stop = (): void => latest.current?.getTracks().forEach((track) => track.stop());
    const start = async (): Promise<void> => {
      if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices?.getUserMedia)
        return setProblem(isSecureContext ? 'none' : 'insecure');
      try {
        const opened = await open(facing);
        latest.current = opened;
        if (!isWanted) return stop();
        setStream(opened);
        setProblem(undefined);
        const devices = await navigator.mediaDevices.enumerateDevices();
        setCanFlip(devices.filter(({ kind }) => kind === 'videoinput').length > 1);
      } catch (error) {
        if (isWanted) setProblem(problemOf(error));
      }
    };
    void start();
    return () => {
      isWanted = false;
      stop();
      setIsTorchOn(false);
    };
  }, [facing]);
  const track = stream?.getVideoTracks()[0];
  const more = moreOf(track);
  const set = (constraint: Record<string, unknown>): void =>
    void track?.applyConstraints({ advanced: [constraint as MediaTrackConstraintSet] }).catch(() => undefined);
  return {
    stream,
    problem,
    isMirrored: track?.getSettings().facingMode === 'user',
    canFlip,
    flip: () => setFacing(facing === 'user' ? 'environment' : 'user'),
    hasTorch: more.torch === true,
    isTorchOn,
    turnTorch: () => {
      set({ torch: !isTorchOn });
      setIsTorchOn(!isTorchOn);
    },
    zoom: (factor) => {
      if (more.zoom) set({ zoom: Math.min(more.zoom.max, Math.max(more.zoom.min, factor)) });
    },
  };
}
