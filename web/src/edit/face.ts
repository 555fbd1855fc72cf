/** What the editor's two faces, for phones and for wide pages, are given. */
export interface EditorFace {
  /** Leaves; the draft stays. */
  onBack: () => void;
  onNext: () => void;
  onHelp: () => void;
  /** Files whose length is not known yet. */
  waitingCount: number;
}
