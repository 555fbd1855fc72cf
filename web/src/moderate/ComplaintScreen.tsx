/** Stands until its folder fills. */
export default function ComplaintScreen() { return null; }
