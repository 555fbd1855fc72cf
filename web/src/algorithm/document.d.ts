/** docs/algorithm.md, put in by the build: the page and the repository tell the same. */
declare const ALGORITHM_DOCUMENT: string;
