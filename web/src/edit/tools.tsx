/** The tools: their icons, words, and which panel each opens. */
import { Captions, Crop, Gauge, Images, Mic, Music2, Smile, Type, Volume2, type LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { Blend } from 'lucide-react';
import type { Word } from '../words/words.ts';
import type { Tool } from './editor.ts';
import { CaptionsPanel } from './panels/CaptionsPanel.tsx';
import { CropPanel, FilterPanel, SpeedPanel, VolumePanel } from './panels/ClipPanels.tsx';
import { MediaPanel } from './panels/MediaPanel.tsx';
import { SoundPanel } from './panels/SoundPanel.tsx';
import { StickerPanel } from './panels/StickerPanel.tsx';
import { TextPanel } from './panels/TextPanel.tsx';
import { VoicePanel } from './panels/VoicePanel.tsx';

/** One tool. */
interface ToolPart {
  tool: Tool;
  word: Word;
  Icon: LucideIcon;
  Panel: ComponentType;
}

/** All tools, in the order of the phone's bar. */
export const TOOLS: readonly ToolPart[] = [
  { tool: 'sound', word: 'edit.sound', Icon: Music2, Panel: SoundPanel },
  { tool: 'text', word: 'edit.text', Icon: Type, Panel: TextPanel },
  { tool: 'speed', word: 'edit.speed', Icon: Gauge, Panel: SpeedPanel },
  { tool: 'captions', word: 'edit.captions', Icon: Captions, Panel: CaptionsPanel },
  { tool: 'voice', word: 'edit.voice', Icon: Mic, Panel: VoicePanel },
  { tool: 'stickers', word: 'edit.stickers', Icon: Smile, Panel: StickerPanel },
  { tool: 'filters', word: 'edit.filters', Icon: Blend, Panel: FilterPanel },
  { tool: 'crop', word: 'edit.crop', Icon: Crop, Panel: CropPanel },
  { tool: 'volume', word: 'edit.volume', Icon: Volume2, Panel: VolumePanel },
  { tool: 'media', word: 'edit.media', Icon: Images, Panel: MediaPanel },
];

/** Those of the desktop's left bar; the others stand at its right beside the chosen clip. */
export const WIDE_TOOLS: readonly Tool[] = ['media', 'sound', 'text', 'captions', 'filters', 'stickers', 'voice'];

/** The tool of a name. */
export function toolPart(tool: Tool): ToolPart {
  return TOOLS.find((part) => part.tool === tool) ?? (TOOLS[0] as ToolPart);
}
