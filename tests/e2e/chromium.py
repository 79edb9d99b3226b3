# SPDX-License-Identifier: Apache-2.0
"""Pages as a browser shows them: in a frame of a given width, looked at by a script of ours that the page does not have."""

import html
import json
import os
import re
import shutil
import subprocess

CHROMIUM = shutil.which("chromium")
LOOK = """
const frame = document.getElementById("frame");
function glyph(letter, font) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  const context = canvas.getContext("2d");
  context.font = "24px " + font;
  context.fillText(letter, 4, 30);
  return canvas.toDataURL();
}
frame.onload = () => {
  const page = frame.contentDocument, root = page.documentElement;
  const style = frame.contentWindow.getComputedStyle(page.body);
  const font = style.fontFamily, none = glyph("\\u{10FFFD}", font);
  const letters = new Set((page.body.innerText + [...page.querySelectorAll("svg text")].map(one => one.textContent).join(""))
                          .replace(/\\s/g, ""));
  const boxes = [...page.querySelectorAll("svg")].map(one => one.getBoundingClientRect());
  // Where a text is, in whole pixels: its ink may reach a little over.
  const outside = svg => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter(one => {
      const own = one.getBoundingClientRect();
      return own.width > 0 && (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 ||
                               own.bottom > box.bottom + 1);
    }).map(one => one.textContent.trim());
  };
  const seen = {
    outside: [...page.querySelectorAll("svg")].flatMap(outside),
    page_width: root.scrollWidth, frame_width: frame.clientWidth, background: style.backgroundColor, ink: style.color,
    missing: [...letters].filter(letter => glyph(letter, font) === none),
    tables: page.querySelectorAll("table").length, svgs: boxes.map(box => [box.width, box.height]),
    plot_background: [...page.querySelectorAll(".plot")].map(one => frame.contentWindow.getComputedStyle(one).backgroundColor),
  };
  document.getElementById("seen").textContent = JSON.stringify(seen);
};
"""


def run_chromium(folder, *arguments, worked):
    """Started anew where it hangs or has shown nothing, as on a busy machine: what it shows is judged by the caller."""
    said = ""
    for attempt in range(3):
        try:
            done = subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                                   "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile{attempt}", *arguments],
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240, check=False,
                                  env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"})
        except subprocess.TimeoutExpired:
            continue
        said = done.stderr[-2000:]
        if found := worked(done):
            return found
    raise AssertionError(f"chromium shows nothing: {said}")


def scheme(dark):
    return f"--blink-settings=preferredColorScheme={0 if dark else 1}"


def look(page, folder, width, dark=False):
    """What the browser sees of a page (text) in a frame that wide: its width, colours, letters without a glyph."""
    # Our own policy would not let the script look in.
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    harness = os.path.join(folder, "harness.html")
    with open(harness, "w", encoding="utf-8") as file:
        file.write(f'<!DOCTYPE html><meta charset="utf-8"><body><pre id="seen"></pre><iframe id="frame" width="{width}" '
                   f'height="900" style="border:0" srcdoc="{html.escape(page)}"></iframe><script>{LOOK}</script></body>')
    seen = run_chromium(folder, scheme(dark), "--window-size=1400,1000", "--virtual-time-budget=10000", "--dump-dom",
                        f"file://{harness}", worked=lambda done: re.search(r'<pre id="seen">(.+?)</pre>', done.stdout, re.DOTALL))
    return json.loads(html.unescape(seen.group(1)))


def screenshot(path, picture, folder, width, height, dark=False):
    run_chromium(folder, scheme(dark), f"--window-size={width},{height}", f"--screenshot={picture}", f"file://{path}",
                 worked=lambda _: os.path.exists(picture))
