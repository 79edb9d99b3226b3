# SPDX-License-Identifier: Apache-2.0
# Stacked bars: points.tsv, a block a cause: from and to in per cent, the bar's number; the ticks of y have its name.
load plots.'/common.gp'
with_lines = 0
load plots.'/legend.gp'
set border 1
set lmargin 46
do for [p=1:panels] {
  load plots.'/panel.gp'
  set yrange [y_high[p]:y_low[p]]
  unset title
  plot for [c=curve_from[p]:curve_to[p]] data.'/points.tsv' index c-1 using (($1+$2)/2):3:1:2:($3-0.36):($3+0.36) with boxxyerror fs solid border rgb '#ffffff' lw 0.8 fc rgb color[style[c]]
}
unset multiplot
