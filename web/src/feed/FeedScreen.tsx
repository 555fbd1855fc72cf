/** Stands until its folder fills. */
export default function FeedScreen() { return null; }
