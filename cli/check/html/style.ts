/** The page's one style sheet: light or dark as the reader's system is, and black on white on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f5f7fa; --ink: #17202b; --quiet: #4d5968; --line: #cfd6de; --link: #0b57a4;
  --mark: #0b57a4; --good: #0d6130; --good-page: #e5f4ea; --bad: #a31621; --bad-page: #fdecec; --focus: #b45309;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11161d; --raised: #1a222c; --ink: #e4e9ef; --quiet: #a9b4c1; --line: #384453; --link: #83b9f5;
    --mark: #83b9f5; --good: #82d49f; --good-page: #12301e; --bad: #ff9d9d; --bad-page: #3b1719; --focus: #fbbf6b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
}
header, main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; }
h1 { margin: 1.5rem 0 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 0 0 .75rem; font-size: 1.3rem; }
h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
section { padding: 2rem 0 .5rem; border-top: 1px solid var(--line); margin-top: 1.75rem; }
section:first-child { border-top: 0; margin-top: 0; }
section:focus { outline: none; }
p { max-width: 70ch; margin: .5rem 0; }
small, figcaption, footer, header > p { color: var(--quiet); }
a { color: var(--link); }
code { font: .9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--page); z-index: 3; }
nav { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); }
nav ul {
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; max-width: 84rem; margin: 0 auto;
  padding: .6rem 1.5rem;
}
section { scroll-margin-top: 3rem; }
.outcome { max-width: none; padding: .7rem 1rem; border-left: 4px solid; border-radius: 3px; font-weight: 600; }
.good.outcome { color: var(--good); background: var(--good-page); }
.bad.outcome { color: var(--bad); background: var(--bad-page); }
.bad { color: var(--bad); }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 0; }
.numbers > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; min-width: 8rem; flex: 1; padding: .7rem 1rem; background: var(--raised); border-radius: 6px; }
.numbers dt { color: var(--quiet); font-size: .85rem; line-height: 1.3; }
.numbers dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
.wide { position: relative; overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { vertical-align: bottom; color: var(--quiet); font-weight: 600; font-size: .85rem; }
tbody th { font-weight: 500; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td ul { margin: 0; padding-left: 1.1rem; }
details { margin: .75rem 0; }
td details { margin: 0; }
summary { cursor: pointer; color: var(--link); }
.flow { margin: 1rem 0; }
.flow svg { display: block; width: 100%; max-width: 60rem; height: auto; }
.flow rect { fill: var(--raised); stroke: var(--line); stroke-width: 1.5; }
.flow .security rect { stroke: var(--mark); }
.flow text { fill: var(--ink); font-size: 14px; }
.flow .name { font-weight: 700; font-size: 16px; }
.flow .grants { font-weight: 600; paint-order: stroke; stroke: var(--page); stroke-width: 6px; }
.flow .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.flow .head { fill: var(--quiet); }
form {
  display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; padding: 1rem; margin: 1rem 0 .5rem;
  background: var(--raised); border-radius: 6px;
}
form[hidden] { display: none; }
form p { margin: 0; }
label { display: block; font-size: .85rem; font-weight: 600; }
input, select, button {
  font: inherit; color: var(--ink); background: var(--page); border: 1px solid var(--quiet); border-radius: 4px;
  padding: .35rem .6rem; min-height: 2.25rem;
}
input { width: 14rem; max-width: 100%; }
input[type="checkbox"] { width: 1.25rem; vertical-align: middle; }
input[type="checkbox"] + label { display: inline; }
button { cursor: pointer; }
#matrix { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1.5rem 3rem; margin: 1.25rem 0; }
#matrix .wide { max-width: 100%; margin: 0; }
.matrix { width: auto; margin: 0; }
.matrix thead th { padding: .4rem .35rem; }
.matrix thead th:first-child { padding-left: .75rem; min-width: 17rem; }
.matrix thead .turned { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; font-weight: 500; color: var(--ink); }
.matrix thead .gate .turned { color: var(--quiet); }
.matrix td { text-align: center; padding: .4rem .35rem; min-width: 2.1rem; }
.matrix td.first, .matrix th.first { border-left: 1px solid var(--line); }
.matrix tbody th { max-width: 28rem; }
.matrix tbody small { display: block; font-weight: 400; }
.matrix tbody tr:hover > * { background: var(--raised); }
.dot { display: inline-block; width: 0; border: .35rem solid var(--mark); border-radius: 50%; vertical-align: middle; }
.wrong { color: var(--bad); font-weight: 700; white-space: nowrap; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dl dt { font-weight: 500; }
.lists dd { margin: 0 0 .5rem 1.25rem; color: var(--quiet); }
footer { padding: 1.5rem; font-size: .85rem; }
/* On a telephone long names break, and what is wider all the same scrolls beneath its heading. */
@media screen and (max-width: 40rem) {
  header, main, footer, nav ul { padding-left: 1rem; padding-right: 1rem; }
  caption { position: sticky; left: 0; max-width: calc(100vw - 2rem); }
  .wide table { font-size: .82rem; }
  .wide th, .wide td { padding: .4rem .3rem; overflow-wrap: anywhere; min-width: 4.9rem; }
  .wide thead th { font-size: .75rem; }
  .wide .number { min-width: 0; }
  .wide .matrix thead th:first-child { min-width: 11rem; }
  .wide .matrix td, .wide .matrix thead th:not(:first-child) { min-width: 2.1rem; overflow-wrap: normal; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --raised: #fff; --ink: #000; --quiet: #333; --line: #999; --link: #000; --mark: #000;
    --good: #000; --good-page: #fff; --bad: #000; --bad-page: #fff;
  }
  @page { margin: 12mm; }
  /* All sizes are in rem: on paper a wide table has its columns closer together. */
  :root { font-size: 11.5px; }
  body { font-size: .93rem; }
  th, td { padding: .25rem .35rem; }
  thead th { font-size: .78rem; }
  .matrix td, .matrix thead th { min-width: 0; padding: .25rem .2rem; }
  .matrix thead th:first-child { min-width: 10rem; }
  header, main, footer { max-width: none; padding: 0; }
  nav, form, .skip, #matrix-more { display: none; }
  section { padding-top: .75rem; margin-top: 1rem; }
  .numbers > div { border: 1px solid var(--line); padding: .3rem .6rem; }
  .wide { overflow: visible; }
  #matrix { display: block; }
  #matrix .wide { margin-bottom: 1rem; }
  h2, h3, caption, thead { break-after: avoid; }
  tr, figure, .numbers, .matrix thead { break-inside: avoid; }
  thead { display: table-header-group; }
  a { text-decoration: none; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
