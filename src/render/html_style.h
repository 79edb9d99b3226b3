// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umb {

/// All colours are named once for each scheme; plots stay on a white card in both.
inline constexpr const char* kHtmlStyle = R"css(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --ground: #ffffff; --card: #f6f8fa; --line: #d0d7de;
  --slower: #b3261e; --faster: #1a7f37; --open: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --ground: #0d1117; --card: #161b22;
  --line: #30363d; --slower: #ff8a80; --faster: #56d364; --open: #e3b341; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif; }
main { max-width: 1280px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 0 0 12px; }
h2 { font-size: 1.15rem; margin: 36px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 24px 0 6px; }
p, ul { margin: 6px 0; }
ul { padding-left: 22px; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; margin: 10px 0; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; border: 0; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { border: 0; border-bottom: 1px solid var(--line); padding: 5px 6px; vertical-align: top; overflow-wrap: normal; }
tr:last-child td { border-bottom: 0; }
th { background: var(--card); font-weight: 600; white-space: nowrap; }
td[align=right] { white-space: nowrap; }
td.long { min-width: 150px; overflow-wrap: anywhere; }
td.verdict { white-space: nowrap; font-weight: 600; }
.slower { color: var(--slower); } .faster { color: var(--faster); } .open { color: var(--open); }
code, pre { font: 12px/1.5 ui-monospace, "Liberation Mono", "DejaVu Sans Mono", monospace; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; overflow-x: auto; }
figure { margin: 18px 0 26px; }
figcaption { color: var(--soft); font-size: 13.5px; margin-top: 6px; }
.plot { background: #ffffff; border: 1px solid var(--line); border-radius: 6px; padding: 8px; overflow-x: auto; }
.plot svg { display: block; width: 100%; min-width: 640px; max-width: 1100px; height: auto; margin: 0 auto; }
details { margin: 8px 0; } summary { cursor: pointer; }
@media print { main { max-width: none; padding: 0; } .scroll, .plot { overflow: visible; } figure { break-inside: avoid; } }
)css";

}  // namespace umb
