/** Records stretches of the camera's stream, keeping every half second as it comes. */
import { useEffect, useRef, useState } from 'react';
import type { FilterName } from '@vitrine/schema';
import { newPieceId } from '../edit/editor.ts';
import { forgetPieces, keepPiece, keepSegments, keptSegments, type KeptSegment } from './keep.ts';
import { leftMs, totalMs } from './segments.ts';

const PIECE_MS = 500;
const TICK_MS = 60;
const BITS_PER_SECOND = 6_000_000;
/** A shorter stretch was a slip of the finger. */
const SHORTEST_MS = 250;
const VIDEO_TYPES = ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'];

/** How to record. */
interface RecordingNeeds {
  stream: MediaStream | undefined;
  limitMs: number;
  speed: number;
  filter: FilterName;
}

/** The stretches and what can be done with them. */
export interface Recording {
  /** Undefined until what was kept is read. */
  segments: readonly KeptSegment[] | undefined;
  isRecording: boolean;
  /** How long the video is so far, the stretch that is being recorded included. */
  lengthMs: number;
  start: () => void;
  stop: () => void;
  removeLast: () => void;
  /** Adds a picture. */
  addPhoto: (photo: Blob) => Promise<void>;
  /** Lets go of all of them; their files are elsewhere by now, or not wanted. */
  clear: () => Promise<void>;
}

interface Running {
  recorder: MediaRecorder;
  segment: KeptSegment;
  startedAt: number;
}

/** Puts a stretch at the end of the list, or its new state in its place. */
function withSegment(segments: readonly KeptSegment[], segment: KeptSegment): KeptSegment[] {
  const others = segments.filter(({ id }) => id !== segment.id);
  return [...others, segment];
}

/** Begins a stretch; `onKept` hears how long it is by now, whenever a piece of it is safe. */
function begin(
  stream: MediaStream,
  how: Pick<RecordingNeeds, 'speed' | 'filter'>,
  onKept: (segment: KeptSegment) => void,
): Running | undefined {
  const mimeType = VIDEO_TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (mimeType === undefined) return undefined;
  const { speed, filter } = how;
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS_PER_SECOND });
  const segment: KeptSegment = { id: newPieceId(), durationMs: 0, speed, filter, type: mimeType.split(';')[0] ?? '' };
  const startedAt = performance.now();
  let place = 0;
  recorder.addEventListener('dataavailable', (event) => {
    void keepPiece(segment.id, place, event.data);
    place += 1;
    onKept({ ...segment, durationMs: Math.round(performance.now() - startedAt) });
  });
  recorder.start(PIECE_MS);
  return { recorder, segment, startedAt };
}

/** The list of stretches, in the page and in the browser's keeping. */
function useKeptList() {
  const [segments, setSegments] = useState<readonly KeptSegment[] | undefined>(undefined);
  const list = useRef<readonly KeptSegment[]>([]);
  const put = (next: readonly KeptSegment[]): Promise<void> => {
    list.current = next;
    setSegments(next);
    return keepSegments(next);
  };
  useEffect(() => void keptSegments().then(put), []);
  const removeLast = (): void => {
    const last = list.current.at(-1);
    if (last !== undefined) void put(list.current.slice(0, -1)).then(() => forgetPieces(last.id));
  };
  const addPhoto = async (photo: Blob): Promise<void> => {
    const segment: KeptSegment = { id: newPieceId(), durationMs: 0, speed: 1, filter: 'none', type: photo.type };
    await keepPiece(segment.id, 0, photo);
    await put([...list.current, segment]);
  };
  const clear = async (): Promise<void> => {
    const gone = list.current;
    await put([]);
    for (const { id } of gone) await forgetPieces(id);
  };
  return { segments, list, put, removeLast, addPhoto, clear };
}

/** Recording for a screen. */
export function useRecording({ stream, limitMs, speed, filter }: RecordingNeeds): Recording {
  const { segments, list, put, ...acts } = useKeptList();
  const [running, setRunning] = useState<Running | undefined>(undefined);
  const [nowMs, setNowMs] = useState(0);
  const latest = useRef<Running | undefined>(undefined);
  const stop = (): void => {
    const current = latest.current;
    if (current === undefined) return;
    latest.current = undefined;
    setRunning(undefined);
    const durationMs = Math.round(performance.now() - current.startedAt);
    current.recorder.stop();
    if (durationMs < SHORTEST_MS) void put(list.current.filter(({ id }) => id !== current.segment.id));
    else void put(withSegment(list.current, { ...current.segment, durationMs }));
  };
  const start = (): void => {
    if (stream === undefined || latest.current || leftMs(list.current, limitMs, speed) < SHORTEST_MS) return;
    const begun = begin(stream, { speed, filter }, (segment) => {
      // A tab that dies finds the stretch as long as it was kept.
      if (latest.current?.segment.id === segment.id) void keepSegments(withSegment(list.current, segment));
    });
    latest.current = begun;
    setNowMs(performance.now());
    setRunning(begun);
  };
  useEffect(() => stop, []);
  useEffect(() => {
    if (running === undefined) return undefined;
    const timer = setInterval(() => {
      setNowMs(performance.now());
      if (performance.now() - running.startedAt >= leftMs(list.current, limitMs, running.segment.speed)) stop();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [running, limitMs]);
  const runMs = running ? Math.max(0, nowMs - running.startedAt) / running.segment.speed : 0;
  return {
    segments,
    isRecording: running !== undefined,
    lengthMs: totalMs(segments ?? []) + runMs,
    start,
    stop,
    ...acts,
  };
}
