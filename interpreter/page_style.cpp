// One accent colour, figures that stand below one another, the same page in light, dark and on paper.
// Text and signs have a contrast of at least 4.5 to 1, lines that carry meaning of 3 to 1 (WCAG 2.2 AA).
#include "interpreter/page_style.hpp"

namespace rung {

std::string_view page_style() {
    return R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1a2029; --soft: #566070; --line: #dde2e8; --wash: #f4f6f8;
  --accent: #0b5a7d; --met: #17694a; --unmet: #a52b20; --unknown: #875200;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e6eaef; --soft: #9ea9b6; --line: #2d353f; --wash: #1c2229;
    --accent: #69b8dc; --met: #6cc79d; --unmet: #f0897d; --unknown: #e0ab4f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans",
    "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
main { max-width: 46rem; margin: 0 auto; padding: 4.5rem 1.5rem 5rem; }
.title { margin: 0 0 1.25rem; color: var(--accent); font-size: .8125rem; font-weight: 600; letter-spacing: .04em; }
h1 { margin: 0 0 1rem; font-size: 1.875rem; font-weight: 650; line-height: 1.22; letter-spacing: -.015em;
  text-wrap: balance; }
h2 { margin: 3rem 0 .75rem; font-size: 1.1875rem; font-weight: 650; line-height: 1.35; }
h3, h4, h5, h6 { margin: 2rem 0 .5rem; font-size: 1rem; font-weight: 650; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; }
p { margin: .5rem 0; }
.faint { color: var(--soft); font-size: .9375rem; }
.strong { font-weight: 650; }
p.warning { border-left: 3px solid var(--unknown); padding-left: .75rem; }
.row.warning { color: var(--unknown); }
section:first-of-type > h2:first-child { margin-top: 0; }
section + section > p:first-child { margin-top: 1.5rem; }
.word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.label, .result, .source, td, th, summary, .text { unicode-bidi: isolate; }

ul.items, ol.items { list-style: none; margin: 0; padding: 0; }
.items > li { position: relative; padding: .75rem 0 .75rem 1.75rem; border-top: 1px solid var(--line);
  break-inside: avoid; }
.items + p { margin-top: 1.125rem; }
.items > li:last-child { border-bottom: 1px solid var(--line); }
.items .items { margin-top: .25rem; font-size: .9375rem; }
.items .items > li { padding: .1875rem 0 .1875rem 1.5rem; border: 0; }
.items > .bare, .items .items > .bare { padding-left: 0; }
.items > .bare > ul.items { padding-left: 1rem; }
.items > .bare:has(> ul.items) > .row > .label { font-weight: 600; }
.row { display: flex; align-items: baseline; column-gap: 1rem; }
.row .label { flex: 1 1 auto; min-width: 0; }
.row .label.head { flex: 0 0 15rem; }
.items .items .row .label.head { flex-basis: 13.5rem; }
.row .result { flex: 1 1 0; min-width: 0; }
.row .source { flex: 0 0 auto; max-width: 11rem; margin-left: auto; color: var(--soft); font-size: .8125rem; }
.items > li > .row > .label.head { font-weight: 600; }
.items .items > li > .row > .label.head { font-weight: 400; color: var(--soft); }
.sign { position: absolute; left: 0; width: 1.25rem; text-align: center; font-weight: 700; }
.items .items > li > .sign { font-size: .9375rem; }
.met > .sign { color: var(--met); }
.unmet > .sign { color: var(--unmet); }
.unknown > .sign, .open > .sign { color: var(--unknown); }
.not_asked > .sign, .closed > .sign, .waived > .sign, .way > .sign { color: var(--soft); }
.step > .sign, .change > .sign { color: var(--accent); }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
.table { width: 100%; margin: .75rem 0; font-size: .9375rem; }
caption { padding: 0 0 .375rem; text-align: left; color: var(--soft); font-size: .9375rem; }
.table th, .table td { padding: .4375rem 1.5rem .4375rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: baseline; font-weight: 400; }
.table thead th { border-bottom: 1px solid var(--soft); color: var(--soft); font-size: .8125rem; font-weight: 600; }
.table .figures { text-align: right; }
.table th:last-child, .table td:last-child { padding-right: 0; }
tr { break-inside: avoid; }

.meter { margin: .625rem 0 .25rem; }
.meter svg { display: block; width: 100%; height: 22px; overflow: visible; }
.band { fill: var(--ink); }
.value { fill: var(--accent); }
.range { fill: var(--accent); fill-opacity: .3; stroke: var(--accent); stroke-dasharray: 3 2; }
.goal { stroke: var(--ink); stroke-width: 3; }
.edge { stroke: var(--paper); stroke-width: 2; }
.scale { display: block; margin: .375rem 0 .5rem; font-size: .8125rem; line-height: 1.35; }
.scale tbody { display: flex; flex-wrap: wrap; gap: .375rem 1.5rem; }
.scale tr, .scale th, .scale td { display: block; padding: 0; text-align: left; font-weight: 400; }
.scale th { color: var(--soft); }
.scale .now td, .scale .asked td { font-weight: 650; }
.scale .now th::before, .scale .asked th::before { content: ""; display: inline-block; margin-right: .375rem; }
.scale .now th::before { width: .75rem; height: .375rem; margin-bottom: .0625rem; background: var(--accent); }
.scale .asked th::before { width: 3px; height: .75rem; margin-bottom: -.0625rem; background: var(--ink); }

.picture { width: 38%; min-width: 6rem; white-space: nowrap; }
.table tbody .picture { vertical-align: middle; }
.picture svg { display: block; width: 100%; height: 18px; overflow: visible; }
.table thead .picture { border-bottom: 1px solid var(--soft); color: var(--soft); font-size: .8125rem; }
.key + .key { margin-left: 1rem; }
.key::before { content: ""; display: inline-block; margin-right: .375rem; width: .75rem; height: .375rem;
  margin-bottom: .0625rem; }
.key.value::before { background: var(--accent); }
.key.mark::before { width: 3px; height: .75rem; margin-bottom: -.0625rem; background: var(--ink); }
.key.up::before { background: var(--met); opacity: .7; }
.key.down::before { background: var(--unmet); opacity: .7; }
.ground { fill: var(--wash); }
.sortable th[scope=row] { min-width: 9rem; }
.sortable thead button { all: unset; cursor: pointer; }
.sortable thead button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.sortable thead button::after { content: "\2195"; padding-left: .25rem; color: var(--soft); font-weight: 400; }
.sortable [aria-sort=ascending] button::after { content: "\2191"; color: var(--ink); }
.sortable [aria-sort=descending] button::after { content: "\2193"; color: var(--ink); }

.flow { margin: 1rem 0; }
.flow svg { display: block; width: 100%; height: auto; }
.flow text { fill: var(--ink); font-size: 14px; }
.flow .same { fill: var(--soft); fill-opacity: .25; }
.flow .up, .picture .up { fill: var(--met); fill-opacity: .7; }
.flow .down, .picture .down { fill: var(--unmet); fill-opacity: .7; }

.ladder { margin: 1.75rem 0; }
.ladder th, .ladder td { padding: .375rem 1.5rem .375rem 0; height: 2.375rem; line-height: 1.3; text-align: left; font-weight: 400; }
.ladder .drawn { position: relative; width: 74px; padding: 0; }
.ladder svg { position: absolute; top: 0; left: 0; width: 74px; height: 100%; }
.ladder .mark { top: auto; overflow: visible; }
.ladder .standing { color: var(--soft); font-size: .9375rem; }
.ladder .current th, .ladder .asked th { font-weight: 650; }
.ladder .current .standing { color: var(--accent); font-weight: 600; }
.ladder .asked .standing { color: var(--ink); }
.rail { stroke: var(--soft); stroke-width: 2; }
.step-of { stroke: var(--soft); stroke-width: 3; }
.above .step-of { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 1 5; stroke-linecap: round; }
.possible .step-of { stroke: var(--unknown); stroke-dasharray: 6 4; }
.reached .step-of { stroke: var(--accent); }
.current .step-of { stroke: var(--accent); stroke-width: 9; }
.flag { fill: var(--ink); }

details { margin: 1rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
details + details { margin-top: calc(-1rem - 1px); }
summary { padding: .75rem 0; color: var(--accent); font-weight: 600; cursor: pointer; }
summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details[open] { padding-bottom: 1rem; }
details .items > li:first-child { border-top: 0; }
details .items > li:last-child { border-bottom: 0; }
.signs { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: 3rem; color: var(--soft); font-size: .8125rem; }

@media (max-width: 36rem) {
  main { padding: 2.25rem 1.125rem 3rem; }
  h1 { font-size: 1.5rem; }
  h2 { margin-top: 2.25rem; }
  .row { display: block; }
  .row .label, .row .result, .row .source { display: block; }
  .row .source { max-width: none; }
  .table th, .table td { padding-right: 1rem; }
  .flow text { font-size: 20px; }
  .picture { width: 22%; min-width: 4rem; }
  .picture .key { display: block; }
  .picture .key + .key { margin-left: 0; }
}

@page { size: A4; margin: 20mm 20mm 18mm; }
@media print {
  html { font-size: 10.5pt; }
  body { line-height: 1.45; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 1.75rem; }
  h2 { margin-top: 2rem; }
  .items > li { padding-top: .5rem; padding-bottom: .5rem; }
  .scroll { overflow: visible; }
  .table thead { display: table-header-group; }
  tr, .items > li, .meter, .flow, .ladder { break-inside: avoid; }
  .table thead, caption { break-after: avoid; }
  .sortable thead button::after { content: none; }
  .flow svg { max-height: 70mm; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { list-style: none; color: var(--ink); font-size: 1.1875rem; break-after: avoid; }
  details, details + details { margin-top: 2rem; border: 0; }
  summary::-webkit-details-marker { display: none; }
}
)css";
}

std::string_view page_script() {
    return R"js(
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  heads.forEach((head, column) => {
    const compare = (a, b) => {
      const [one, other] = [a.cells[column], b.cells[column]];
      return "rank" in one.dataset && "rank" in other.dataset
        ? one.dataset.rank - other.dataset.rank
        : words.compare(one.textContent, other.textContent);
    };
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falls = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => (falls ? compare(b, a) : compare(a, b)));
      for (const row of rows) body.append(row);
    });
  });
}
)js";
}

} // namespace rung
