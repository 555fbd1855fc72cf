/** Stands until its folder fills. */
export default function PostScreen() { return null; }
