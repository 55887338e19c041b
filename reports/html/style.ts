/** The page's style: calm, readable from the back row, by day and by night, on paper and on a telephone. */
import type { Theme } from '../finish.js';
import { dark, light } from '../palette.js';

/** CSS; `fonts` are the text font's files by weight, as base64 of WOFF2. */
export function style(fonts: Readonly<Record<number, string>>): string {
  const faces = Object.entries(fonts).map(
    ([weight, data]) =>
      `@font-face{font-family:"Zeroth Sans";font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}`,
  );
  return `${faces.join('\n')}
:root{color-scheme:light dark;${colors(light)}--soft:#f6f7f8;--shade:#00000026;--line:#dfe2e6;--good:#0b6b4d;--goodsoft:#e3f4ed;--doubt:#7a5200;--doubtsoft:#fbf1dc;--bad:#a12622}
@media screen and (prefers-color-scheme:dark){:root{${colors(dark)}--soft:#1d2126;--shade:#ffffff38;--line:#333a43;--good:#57d3a5;--goodsoft:#12322a;--doubt:#efc36d;--doubtsoft:#362b14;--bad:#ff8f87}}
${rules}`;
}

function colors(theme: Theme): string {
  const strategies = theme.strategies.map((color, index) => `--s${index}:${color};`).join('');
  return `${strategies}--text:${theme.text};--muted:${theme.muted};--grid:${theme.grid};--page:${theme.background};`;
}

const rules = `
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;background:var(--page);color:var(--text);font:400 17px/1.55 "Zeroth Sans",system-ui,sans-serif;font-feature-settings:"cv11"}
main{max-width:1120px;margin:0 auto;padding:0 28px 96px}
header{padding:64px 0 8px}
.product{margin:0 0 10px;color:var(--muted);font-size:14px}
h1{font-size:44px;line-height:1.12;letter-spacing:-.022em;margin:0 0 18px;font-weight:600;overflow-wrap:anywhere}
header+section h2{margin-top:36px}
h2{font-size:28px;line-height:1.2;letter-spacing:-.014em;margin:76px 0 8px;font-weight:600}
section{scroll-margin-top:24px}
h2,figure{scroll-margin-top:110px}
h3{font-size:19px;line-height:1.3;margin:0 0 6px;font-weight:600;overflow-wrap:anywhere}
p{margin:0 0 14px;max-width:74ch;overflow-wrap:anywhere}
.lead{font-size:20px;line-height:1.5;max-width:66ch}
.muted,.reading,.rule{color:var(--muted)}
.rule{font-size:15px;margin-top:14px}
.verdicts{display:grid;grid-template-columns:repeat(auto-fit,minmax(290px,1fr));gap:16px;margin:24px 0 28px;padding:0;list-style:none}
.verdict{border:1px solid var(--line);border-radius:12px;padding:20px 22px;background:var(--soft)}
.verdict h3{font-size:15px;font-weight:400;color:var(--muted);margin:0 0 8px}
.leader{font-size:27px;line-height:1.2;font-weight:600;letter-spacing:-.015em;margin:0 0 10px;display:flex;align-items:center;gap:10px;overflow-wrap:anywhere}
.verdict p:not(.leader){font-size:15px;margin:10px 0 0}
.badge{display:inline-block;font-size:13px;font-weight:600;border-radius:99px;padding:3px 11px;background:var(--doubtsoft);color:var(--doubt)}
.badge.clear{background:var(--goodsoft);color:var(--good)}
.key{flex:none;width:18px;height:18px;display:inline-block;vertical-align:-3px}
.scroll{overflow-x:auto;margin:10px 0 22px;background:linear-gradient(to right,var(--page) 50%,transparent) left/48px 100%,linear-gradient(to left,var(--page) 50%,transparent) right/48px 100%,linear-gradient(to right,var(--shade),transparent) left/22px 100%,linear-gradient(to left,var(--shade),transparent) right/22px 100%;background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}
table{border-collapse:collapse;width:100%;font-size:15px;line-height:1.4}
td.number{font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:9px 14px 9px 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--muted);font-weight:400;font-size:14px;vertical-align:bottom;max-width:26ch;overflow-wrap:anywhere;min-width:9ch}
thead th::first-letter{text-transform:uppercase}
.named thead th+th::first-letter{text-transform:none}
tbody th{font-weight:600}
.number{text-align:right;padding-left:8px}
td.number{white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
.rank{display:inline-flex;align-items:center;gap:10px;justify-content:flex-end}
.rank i{display:block;height:10px;border-radius:5px;background:var(--bar);min-width:3px}
.rank span{display:block;width:84px}
.rank b{font-weight:400;min-width:5ch}
code,pre{font:14px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
code{overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:14px 16px;overflow-x:auto;margin:8px 0 18px}
.controls{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:10px 26px;align-items:center;background:var(--page);border-bottom:1px solid var(--line);padding:12px 0;margin:64px 0 0}
.controls fieldset{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:6px;align-items:center;min-width:0}
.controls legend{float:left;color:var(--muted);font-size:14px;padding:0 6px 0 0}
button{font:inherit;font-size:15px;line-height:1.3;color:var(--text);background:none;border:1px solid var(--line);border-radius:8px;padding:6px 12px;cursor:pointer;display:inline-flex;gap:8px;align-items:center;min-height:36px;text-align:left}
button:hover{background:var(--soft)}
button[aria-pressed=true]{background:var(--soft);border-color:var(--muted);font-weight:600}
.strategies button[aria-pressed=false]{opacity:.5;text-decoration:line-through}
:focus-visible{outline:3px solid var(--s0);outline-offset:2px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:16px;background:var(--page);padding:10px;z-index:3}
.controls+section h2{margin-top:40px}
figure{margin:26px 0 34px}
.plot{position:relative;width:100%}
section>.scroll+h3{margin-top:34px}
.title{font-weight:400}
h4{font-size:15px;font-weight:600;margin:18px 0 0}
a{color:inherit;text-underline-offset:3px}
.under{display:flex;flex-wrap:wrap;gap:4px 22px;align-items:baseline;color:var(--muted);font-size:15px}
.under details{flex:1 1 auto}
.notes{margin:-8px 0 18px;padding-left:20px;font-size:15px;color:var(--muted)}
.task{border-top:1px solid var(--line);padding:4px 0}
.task[open]{padding-bottom:28px}
.task>summary b{color:var(--text);font-weight:600}
.task[open]>summary{margin-bottom:10px}
summary{cursor:pointer;color:var(--muted);font-size:15px;padding:6px 0}
summary:hover{color:var(--text)}
figure details .scroll{max-height:420px;overflow:auto}
.reason{color:var(--bad);white-space:pre-wrap;overflow-wrap:anywhere}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:6px 24px;margin:14px 0 26px}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:72px;padding-top:18px;border-top:1px solid var(--line);color:var(--muted);font-size:15px}
[hidden]{display:none!important}
@media (max-width:640px){body{font-size:16px}main{padding:0 18px 64px}header{padding-top:36px}h1{font-size:32px}h2{font-size:24px;margin-top:56px}.lead{font-size:18px}.controls{position:static}.controls legend{float:none;width:100%;padding:0 0 4px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:10px}.verdicts{grid-template-columns:1fr}.rank span,.wide{display:none}th,td{padding-right:10px}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{body{font-size:11pt}main{max-width:none;padding:0}header{padding-top:0}.controls{position:static;border:0;margin:18pt 0 0;padding:0}.controls fieldset:not(.strategies),figure summary{display:none}.controls button{border:0;padding:2pt 8pt 2pt 0}.reading{break-after:avoid;break-inside:avoid}h2{margin-top:26pt}h2,h3,h4,thead{break-after:avoid}figure,.verdict,tr{break-inside:avoid}.scroll{overflow:visible;background:none}pre{white-space:pre-wrap}}`;
