/** Texts that run as a script wherever a page forgets to treat them as text: each calls HIT with its own number. */
import { HIT } from './guard.ts';

/** By where they break out: between tags, out of an attribute, out of a script, as an address, in a template, by odd bytes. */
const VECTORS: readonly ((call: string) => string)[] = [
  (call) => `<script>${call}</script>`,
  (call) => `<img src=x onerror=${call}>`,
  (call) => `<img src=x onerror="${call}">`,
  (call) => `<svg onload=${call}>`,
  (call) => `<svg/onload=${call}//`,
  (call) => `<svg><script>${call}</script></svg>`,
  (call) => `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  (call) => `<body onload=${call}>`,
  (call) => `<details open ontoggle=${call}>x</details>`,
  (call) => `<video><source onerror=${call}></video>`,
  (call) => `<video src=x onerror=${call}></video>`,
  (call) => `<audio src=x onerror=${call}></audio>`,
  (call) => `<iframe src="javascript:${call}"></iframe>`,
  (call) => `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  (call) => `<object data="javascript:${call}"></object>`,
  (call) => `<embed src="javascript:${call}">`,
  (call) => `<a href="javascript:${call}">press</a>`,
  (call) => `<a href=" java\tscript:${call}">press</a>`,
  (call) => `<form action="javascript:${call}"><button>press</button></form>`,
  (call) => `<button formaction="javascript:${call}" form=f>press</button>`,
  (call) => `<input autofocus onfocus=${call}>`,
  (call) => `<select autofocus onfocus=${call}></select>`,
  (call) => `<textarea autofocus onfocus=${call}></textarea>`,
  (call) => `<marquee onstart=${call}>x</marquee>`,
  (call) => `<math href="javascript:${call}">press</math>`,
  (call) => `<style>@import "javascript:${call}";</style><style onload=${call}></style>`,
  (call) => `<link rel=stylesheet href="data:,x" onload=${call} onerror=${call}>`,
  (call) => `<base href="javascript:${call}//">`,
  (call) => `<meta http-equiv=refresh content="0;url=javascript:${call}">`,
  (call) => `<template><img src=x onerror=${call}></template><img src=x onerror=${call}>`,
  (call) => `"><img src=x onerror=${call}>`,
  (call) => `'><img src=x onerror=${call}>`,
  (call) => `" autofocus onfocus="${call}`,
  (call) => `' autofocus onfocus='${call}`,
  (call) => `" style="animation-name:x" onanimationstart="${call}`,
  (call) => `\` onmouseover=${call} x=\``,
  (call) => `</title><script>${call}</script>`,
  (call) => `</textarea><script>${call}</script>`,
  (call) => `</style><script>${call}</script>`,
  (call) => `</script><script>${call}</script>`,
  (call) => `</noscript><img src=x onerror=${call}>`,
  (call) => `--><script>${call}</script>`,
  (call) => `<!--<img src="--><img src=x onerror=${call}//">`,
  (call) => `]]><script>${call}</script>`,
  (call) => `";${call};//`,
  (call) => `\\";${call};//`,
  (call) => `\${${call}}`,
  (call) => `{{constructor.constructor('${call}')()}}`,
  (call) => `javascript:${call}`,
  (call) => `<scr\u0000ipt>${call}</scr\u0000ipt><ScRiPt>${call}</sCrIpT>`,
  (call) => `\u2028<script>${call}</script>\u2029`,
  (call) => `<img src=x onerror\u00a0=${call}><img/src=x\nonerror=${call}>`,
];

/** One payload: its number, from 1, is what it tells when it runs. */
interface Payload {
  number: number;
  text: string;
}

/** All payloads. */
export const PAYLOADS: readonly Payload[] = VECTORS.map((write, index) => ({
  number: index + 1,
  text: write(`${HIT}(${index + 1})`),
}));
