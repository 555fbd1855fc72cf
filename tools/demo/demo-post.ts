/** A post of the demo: what to paint, what to play, what to say. Tunes and ambiences are named as in music/. */
export type DemoPost = {
  author: string;
  scene: string;
  variant: number;
  seed: number;
  durationS: number;
  sound: string;
  language: string;
  labels: readonly ('aiMade' | 'paid' | 'sensitive')[];
  tags: readonly string[];
  text: string;
  altText: string;
};
