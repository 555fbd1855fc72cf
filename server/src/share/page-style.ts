/** The style that comes with every page, so that the first picture waits for no file. Tokens of look.md; the app's own sheets take over. */

/** CSS; its hash stands in the page's policy, so nothing is ever put into it. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#f3f6f6,#0c1013);--t1:light-dark(#0f171b,#f1f5f6);--t2:light-dark(#46555c,#a9b6bd);--s1:light-dark(#fff,#12181c);--s2:light-dark(#eaeff0,#1a2227);--line:light-dark(rgb(12 34 44/11%),rgb(214 234 243/10%));--lamp:light-dark(#a84608,#ffa566);--on-lamp:light-dark(#fff,#211003)}
html{background:var(--bg);color:var(--t1);-webkit-text-size-adjust:100%}
body{margin:0;font:450 15px/21px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Inter,Cantarell,'Noto Sans','Helvetica Neue',Arial,system-ui,sans-serif;letter-spacing:-.006em;overflow-wrap:anywhere}
.first{position:fixed;inset:0;overflow:hidden;background:#000;color:#fff;color-scheme:dark}
.first video{position:absolute;inset:0;width:100%;height:100%;object-fit:contain;background:#000}
.first.is-tall video{object-fit:cover}
.first .photos{position:absolute;inset:0;display:flex;overflow:auto hidden;scroll-snap-type:x mandatory;scrollbar-width:none}.first .photos img{flex:0 0 100%;width:100%;height:100%;object-fit:contain;scroll-snap-align:start}.first audio{position:absolute;z-index:2;inset:auto 16px 24px;width:calc(100% - 32px)}
.first .fall{position:absolute;inset:auto 0 0;height:46%;background:linear-gradient(to top,rgb(4 6 8/70%),transparent);pointer-events:none}
.first .words{position:absolute;inset-inline-start:16px;inset-inline-end:25%;bottom:calc(96px + env(safe-area-inset-bottom,0px));text-shadow:0 1px 2px rgb(0 0 0/50%)}
.first .words p{margin:4px 0 0;max-height:42px;overflow:hidden}.first .words p[dir]{white-space:pre-line}
.first .words a,.first .home{color:inherit;text-decoration:none}
.first .words strong{font-size:16px;font-weight:660}
.first .when{color:rgb(255 255 255/78%);font-size:13px}
.first .home{position:absolute;top:calc(14px + env(safe-area-inset-top,0px));inset-inline-start:16px;font-weight:700;text-shadow:0 1px 2px rgb(0 0 0/50%)}
.first noscript .poster{position:absolute;inset:0;width:100%;height:100%;object-fit:cover;z-index:-1}
@media(scripting:enabled){.first audio{display:none}#first-video::-webkit-media-controls{display:none!important}.plain.waits{display:none}}
.plain{max-width:720px;margin:0 auto;padding:24px 16px 96px}
.plain .mark{display:inline-block;margin-bottom:24px;font-weight:700;font-size:18px;color:inherit;text-decoration:none}
.plain h1{font-size:24px;line-height:30px;letter-spacing:-.02em;margin:0 0 8px}
.plain h2{font-size:18px;line-height:24px;margin:32px 0 8px}
.plain p,.plain li{color:var(--t2);max-width:66ch}
.plain a{color:var(--lamp)}
.plain .mark,.plain .grid a{color:inherit}
.plain table{border-collapse:collapse;width:100%;font-size:14px}
.plain ul{padding-inline-start:20px}.plain td:first-child,.plain th{white-space:nowrap}.plain td,.plain th{overflow-wrap:normal;text-align:start;padding:8px 12px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}
.plain .scroll{overflow-x:auto}
.plain code{font-size:13px;background:var(--s2);padding:1px 5px;border-radius:6px}
.plain .card{background:var(--s1);border:1px solid var(--line);border-radius:20px;padding:22px}
.plain .card p{margin:8px 0}
.plain .main{display:inline-block;margin-top:16px;padding:11px 18px;border-radius:999px;background:var(--lamp);color:var(--on-lamp);text-decoration:none;font-weight:600}
.plain ul.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:2px;margin:24px -16px 0;padding:0;list-style:none}
.plain .grid img{display:block;width:100%;aspect-ratio:3/4;object-fit:cover;background:var(--s2)}
.plain .grid li{max-width:none;font-size:12px}
@media(min-width:1024px){.first .pane{position:absolute;top:76px;bottom:20px;left:calc(50% - 470px);aspect-ratio:9/16;border-radius:22px;overflow:hidden}.first .words{inset:76px 24px auto auto;width:min(512px,calc(50% - 48px));padding:24px;border-radius:20px;color-scheme:light dark;background:var(--s1);color:var(--t1);text-shadow:none}.first .words .when{color:var(--t2)}.first .words p a{color:var(--lamp)}.first .words p{max-height:none}.first .fall{display:none}}
`.replaceAll('\n', '');
