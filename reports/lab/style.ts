/** What the style of an experiment's page has beside that of the reports. */
import { further } from '../palette.js';

/** The series' colours after the seven of the reports. */
const variables = (colors: readonly string[]) => colors.map((color, i) => `--s${7 + i}:${color}`).join(';');

export const labStyle = `
:root{${variables(further.light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(further.dark)}}}
body{font-family:"Zeroth Sans","Zeroth Sans SC","PingFang SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif}
:lang(zh) h1{letter-spacing:0;line-height:1.25}
:lang(zh) h2,:lang(zh) p{letter-spacing:0}
:lang(zh) p{max-width:44em}
header{padding:28px 0 0}
h1{font-size:34px;margin-bottom:12px}
.claim{font-size:18px;max-width:74ch;margin-bottom:18px}
.outcome{border:1px solid var(--line);border-left:6px solid var(--tone);border-radius:12px;padding:16px 22px;background:var(--soft);margin:0 0 26px}
.outcome p{margin:0;font-size:17px;max-width:84ch}
.outcome .word{font-size:24px;line-height:1.3;font-weight:600;color:var(--tone);margin:0 0 4px;display:flex;gap:10px}
.outcome .held{font-weight:600}
.outcome ul{margin:2px 0 6px;padding-left:22px;font-size:16px}.outcome li{max-width:84ch}
.outcome .form{margin-top:8px;font-size:15px;color:var(--muted)}
.reproduced{--tone:var(--good)}.stand-in{--tone:var(--doubt)}.not-reproduced{--tone:var(--bad)}
figure svg{width:100%;height:auto;display:block;font-family:inherit}
figure svg.narrow{display:none}
figure h3{margin-bottom:10px}
figure .reading{margin:10px 0 0;font-size:16px}
header+figure{margin-top:0}
.multiples{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(400px,100%),1fr));gap:0 36px}
.multiples figure{min-width:0}
.yes{color:var(--good);font-weight:600}.no{color:var(--bad);font-weight:600}
td.published small{display:block;color:var(--muted);font-size:13px;max-width:34ch}
td.ours{font-weight:600}
li a{overflow-wrap:anywhere}
.player{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:10px 0 0;max-width:600px}
.player button{min-width:44px;min-height:44px;justify-content:center}.player .play{min-width:6.5em;font-weight:600}
.player output{flex:1 0 100%;min-height:3.2em;font-size:16px;font-variant-numeric:tabular-nums}
.player input{flex:1 1 160px;min-width:120px;min-height:44px;accent-color:var(--s0)}
.moving-svg{max-width:600px!important}
.stills{display:none}
sup.mark{font-weight:600;margin-left:3px}
td .column{display:none}
@media screen and (max-width:640px){.checks thead{position:absolute;clip-path:inset(50%)}.checks table,.checks tbody{display:block}.checks tr{display:grid;grid-template-columns:1fr 1fr;gap:6px 16px;padding:12px 0;border-bottom:1px solid var(--line)}.checks th,.checks td{display:block;border:0;padding:0;min-width:0;overflow-wrap:anywhere}.checks td.number{text-align:left;white-space:normal}.checks tbody th{grid-column:1/-1}td .column{display:block;color:var(--muted);font-size:13px;font-weight:400}}
@media (max-width:640px){header{padding-top:24px}h1{font-size:28px}.claim{font-size:16px}.outcome{padding:12px 16px}figure svg.wide{display:none}figure svg.narrow{display:block}.multiples{grid-template-columns:1fr}}
@media print{.player{display:none}.moving-picture{display:none}.stills{display:block}figure svg.narrow{display:none}figure svg.wide{display:block}.multiples{grid-template-columns:1fr 1fr}.outcome,figure{break-inside:avoid}}`;
