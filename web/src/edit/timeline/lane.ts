/** What the lanes share. */
export interface LaneProps {
  pxPerSecond: number;
}
