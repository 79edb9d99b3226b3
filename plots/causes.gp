# SPDX-License-Identifier: Apache-2.0
# Stacked bars: $points, a block a cause: from and to in per cent, the bar's number; the ticks of y have its name. The
# cause's number stands in a part that has room for it.
load 'common.gp'
with_lines = 0
load 'legend.gp'
set border 1
wide_ticks = 1
do for [p=1:panels] {
  load 'panel.gp'
  set yrange [y_high[p]:y_low[p]]
  unset label 2
  plot for [c=curve_from[p]:curve_to[p]] $points index c-1 using (($1+$2)/2):3:1:2:($3-0.36):($3+0.36) with boxxyerror fs solid border rgb '#ffffff' lw 0.8 fc rgb color[style[c]], \
       for [c=curve_from[p]:curve_to[p]] $points index c-1 using (($1+$2)/2):3:($2-$1 < 2.5 ? '' : sprintf('%d', style[c])):(ink[style[c]]) with labels noenhanced textcolor rgb variable
}
unset multiplot
