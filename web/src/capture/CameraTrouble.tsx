/** Why there is no picture, in clear words. */
import { CameraOff } from 'lucide-react';
import { t, type Word } from '../words/words.ts';
import type { CameraProblem } from './use-camera.ts';
import './trouble.css';

const PROBLEM_WORDS: Record<CameraProblem, Word> = {
  insecure: 'camera.insecure',
  none: 'camera.none',
  refused: 'camera.refused',
  busy: 'camera.busy',
};

/** Says why there is no picture. */
export function CameraTrouble({ problem }: { problem: CameraProblem }) {
  return (
    <p className="camera-trouble t-body" role="status">
      <CameraOff size={20} aria-hidden="true" />
      {t(PROBLEM_WORDS[problem])}
    </p>
  );
}
