/** What else can be done with a post, as a grid of signs. What is not possible is not there. */
import type { Card } from '@vitrine/schema';
import {
  Bookmark,
  ChartColumn,
  Captions,
  Code,
  Columns2,
  Download,
  EyeOff,
  Flag,
  Gauge,
  Layers,
  Leaf,
  Maximize,
  Pencil,
  Music2,
  QrCode,
  Repeat1,
  Repeat2,
  Scissors,
  Trash2,
  Volume2,
  VolumeX,
  type LucideIcon,
} from 'lucide-react';
import { toast } from '../ui/Toast.tsx';
import { t, type Word } from '../words/words.ts';
import { setMark } from '../watch/marks.ts';
import type { Player } from '../watch/player.ts';
import { setWatchPrefs, type WatchPrefs } from '../watch/prefs.ts';
import { toggleFullscreen } from '../watch/windowing.ts';

/** What the sheet can open on top of itself. */
export type Further = 'none' | 'embed' | 'qr' | 'mastodon' | 'speed' | 'captions' | 'end' | 'words' | 'delete';

/** One sign of the grid. */
export interface Act {
  word: Word;
  Icon: LucideIcon;
  isOn?: boolean;
  onPress: () => void;
}
interface ActsReach {
  card: Card;
  player: Player;
  prefs: WatchPrefs;
  onFurther: (which: Further) => void;
  onClose: () => void;
  onClear: () => void;
  onReport: () => void;
  /** Leads to another page: the studio, the post's figures. */
  onMake: (path: string) => void;
  /** Absent where the ranking did not place the post. */
  onWhy?: (() => void) | undefined;
}

/** Saves the copy with handle and site in its picture; the server makes it for the first who asks. */
function keepCopy(card: Card): void {
  const link = document.createElement('a');
  link.href = `/api/v1/posts/${card.id}/download`;
  link.download = '';
  link.click();
  toast(t('share.downloading'));
}

/** Acts that leave the post somewhere: repost, save, download, QR code, frame. */
function spreadActs({ card, onFurther }: ActsReach): (Act | false)[] {
  const isPublic = card.audience === 'everyone';
  const { viewer, allow } = card;
  const toggle = (mark: 'save' | 'repost', isOn: boolean) => ({
    isOn,
    onPress: () => void setMark(card.id, mark, !isOn),
  });
  return [
    isPublic &&
      viewer?.isMine !== true && {
        word: 'share.repost',
        Icon: Repeat2,
        ...toggle('repost', viewer?.hasReposted === true),
      },
    { word: 'share.save', Icon: Bookmark, ...toggle('save', viewer?.hasSaved === true) },
    card.kind === 'video' &&
      (allow.save || viewer?.isMine === true) && {
        word: 'share.download',
        Icon: Download,
        onPress: () => keepCopy(card),
      },
    isPublic && { word: 'share.qr', Icon: QrCode, onPress: () => onFurther('qr') },
    isPublic && allow.embed && { word: 'share.embed', Icon: Code, onPress: () => onFurther('embed') },
  ];
}

/** Acts that make something of it: with its sound, a duet, a stitch. Only of what everyone sees, and with the author's leave. */
function makeActs({ card, onMake }: ActsReach): (Act | false)[] {
  const isMine = card.viewer?.isMine === true;
  const isUsable = card.kind === 'video' && (card.audience === 'everyone' || isMine);
  const { sound } = card;
  return [
    // Its page says whether it may be used, and by whose leave.
    sound !== null && !sound.isMuted && { word: 'share.useSound', Icon: Music2, onPress: () => onMake(sound.path) },
    isUsable &&
      (card.allow.duet || isMine) && {
        word: 'share.duet',
        Icon: Columns2,
        onPress: () => onMake(`/create?duet=${card.id}`),
      },
    isUsable &&
      (card.allow.stitch || isMine) && {
        word: 'share.stitch',
        Icon: Scissors,
        onPress: () => onMake(`/create?stitch=${card.id}`),
      },
  ];
}

/** Acts that change how it is watched. */
function watchActs({ card, player, prefs, onFurther, onClose, onClear }: ActsReach): (Act | false)[] {
  const { isMuted } = player.state();
  const andClose = (act: () => void) => (): void => {
    act();
    onClose();
  };
  return [
    card.kind === 'video' && { word: 'share.speed', Icon: Gauge, onPress: () => onFurther('speed') },
    card.captions.length > 0 && { word: 'share.captions', Icon: Captions, onPress: () => onFurther('captions') },
    { word: 'share.afterEnd', Icon: Repeat1, onPress: () => onFurther('end') },
    card.hasAudio && {
      word: isMuted ? 'share.soundOn' : 'share.soundOff',
      Icon: isMuted ? Volume2 : VolumeX,
      onPress: andClose(() => player.setSound(isMuted)),
    },
    {
      word: 'share.saveData',
      Icon: Leaf,
      isOn: prefs.saveData,
      onPress: () => setWatchPrefs({ saveData: !prefs.saveData }),
    },
    { word: 'share.clear', Icon: EyeOff, onPress: andClose(onClear) },
    { word: 'watch.fullscreen', Icon: Maximize, onPress: andClose(() => toggleFullscreen(player.video())) },
  ];
}

/** All that is possible for this viewer and this post. */
export function actsOf(reach: ActsReach): Act[] {
  const words: Act | false = reach.card.viewer?.isMine === true && {
    word: 'share.editText',
    Icon: Pencil,
    onPress: () => reach.onFurther('words'),
  };
  const last: Act =
    reach.card.viewer?.isMine === true
      ? { word: 'share.delete', Icon: Trash2, onPress: () => reach.onFurther('delete') }
      : { word: 'share.report', Icon: Flag, onPress: reach.onReport };
  const why: Act | false = reach.onWhy !== undefined && { word: 'why.title', Icon: Layers, onPress: reach.onWhy };
  const insights: Act | false = reach.card.viewer?.isMine === true && {
    word: 'insights.act',
    Icon: ChartColumn,
    onPress: () => reach.onMake(`${reach.card.path}/insights`),
  };
  return [why, words, insights, ...spreadActs(reach), ...makeActs(reach), ...watchActs(reach), last].filter(
    (act) => act !== false,
  );
}

/** The grid. */
export function ActGrid({ acts }: { acts: readonly Act[] }) {
  return (
    <div className="share-acts">
      {acts.map(({ word, Icon, isOn, onPress }) => (
        <button
          key={word}
          type="button"
          className={`share-act ${isOn === true ? 'is-on' : ''}`}
          aria-pressed={isOn}
          onClick={onPress}
        >
          <Icon size={22} />
          <span>{t(word)}</span>
        </button>
      ))}
    </div>
  );
}
