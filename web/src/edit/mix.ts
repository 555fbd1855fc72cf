/** What is heard of an edit: the clips' own sound out of their elements, added sounds and voices out of decoded buffers, each at its gain. */
import { gainAt, type SoundPiece, type SourceKey } from '@vitrine/edit';

/** When the mix began: a moment of the video, and the audio clock then. */
interface Start {
  atMs: number;
  startedAt: number;
  turn: number;
}

/** The mixer of one preview. */
export class Mix {
  readonly #bytesOf: (key: SourceKey) => Promise<ArrayBuffer> | undefined;
  readonly #gains = new Map<string, GainNode>();
  readonly #elements = new Map<string, HTMLVideoElement>();
  readonly #buffers = new Map<SourceKey, Promise<AudioBuffer | undefined>>();
  #context: AudioContext | undefined;
  #playing: AudioBufferSourceNode[] = [];
  #turn = 0;

  /** @param bytesOf the file of a piece's source; undefined while it is not there */
  constructor(bytesOf: (key: SourceKey) => Promise<ArrayBuffer> | undefined) {
    this.#bytesOf = bytesOf;
  }

  /** Takes an element's sound into the mix. */
  readonly attach = (name: string, element: HTMLVideoElement): void => {
    this.#elements.set(name, element);
    this.#gains.delete(name);
    if (this.#context) this.#connect(this.#context, name);
  };

  /** Begins to play all pieces that are heard from a moment on; needs a gesture once. */
  start(pieces: readonly SoundPiece[], atMs: number): void {
    this.stop();
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    const context = this.#context;
    void context.resume();
    for (const name of this.#elements.keys()) if (!this.#gains.has(name)) this.#connect(context, name);
    const start: Start = { atMs, startedAt: context.currentTime, turn: this.#turn };
    for (const piece of pieces) if (!isPictured(piece)) void this.#startPiece(context, piece, start);
  }

  /** Sets the elements' gains for a moment. */
  level(pieces: readonly SoundPiece[], atMs: number): void {
    for (const [name, gain] of this.#gains) {
      const piece = pieces.find((candidate) => (candidate.id ?? candidate.of) === name && isPictured(candidate));
      gain.gain.value = piece === undefined ? 0 : gainAt(piece, Math.max(piece.fromMs + piece.fadeInMs, atMs));
    }
  }

  /** Silence. */
  stop(): void {
    this.#turn += 1;
    for (const source of this.#playing) source.stop();
    this.#playing = [];
  }

  /** Lets all go. */
  close(): void {
    this.stop();
    void this.#context?.close();
  }

  #connect(context: AudioContext, name: string): void {
    const element = this.#elements.get(name);
    if (element === undefined) return;
    const gain = context.createGain();
    context.createMediaElementSource(element).connect(gain).connect(context.destination);
    this.#gains.set(name, gain);
  }

  #bufferOf(context: AudioContext, key: SourceKey): Promise<AudioBuffer | undefined> {
    const known = this.#buffers.get(key);
    const bytes = known === undefined ? this.#bytesOf(key) : undefined;
    if (bytes === undefined) return known ?? Promise.resolve(undefined);
    const decoded = bytes
      .then((found) => context.decodeAudioData(found))
      .catch(() => {
        this.#buffers.delete(key);
        return undefined;
      });
    this.#buffers.set(key, decoded);
    return decoded;
  }

  async #startPiece(context: AudioContext, piece: SoundPiece, { atMs, startedAt, turn }: Start): Promise<void> {
    const buffer = await this.#bufferOf(context, piece.key);
    if (buffer === undefined || turn !== this.#turn) return;
    const lateMs = (context.currentTime - startedAt) * 1000;
    const fromMs = Math.max(piece.fromMs, atMs + lateMs);
    if (fromMs >= piece.toMs) return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    const gain = context.createGain();
    source.connect(gain).connect(context.destination);
    const when = startedAt + (fromMs - atMs) / 1000;
    fade(gain.gain, piece, { fromMs, when });
    source.start(when, (piece.sourceFromMs + fromMs - piece.fromMs) / 1000, (piece.toMs - fromMs) / 1000);
    this.#playing.push(source);
  }
}

/** Its sound comes out of the element that shows its pictures. */
function isPictured(piece: SoundPiece): boolean {
  return piece.of === 'clip' || piece.of === 'parent';
}

/** The gain over the rest of a piece: it rises, holds and falls as the renderer has it. */
function fade(gain: AudioParam, piece: SoundPiece, { fromMs, when }: { fromMs: number; when: number }): void {
  const timeOf = (atMs: number): number => when + (atMs - fromMs) / 1000;
  gain.setValueAtTime(gainAt(piece, fromMs), when);
  const risenMs = piece.fromMs + piece.fadeInMs;
  if (risenMs > fromMs) gain.linearRampToValueAtTime(gainAt(piece, risenMs), timeOf(risenMs));
  const fallsMs = piece.toMs - piece.fadeOutMs;
  if (piece.fadeOutMs > 0) {
    if (fallsMs > fromMs) gain.setValueAtTime(gainAt(piece, fallsMs), timeOf(fallsMs));
    gain.linearRampToValueAtTime(0, timeOf(piece.toMs));
  }
}
