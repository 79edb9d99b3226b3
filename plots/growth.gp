# SPDX-License-Identifier: Apache-2.0
# Median over a growing parameter, log-log: $points: its value, seconds.
load 'common.gp'
with_points = 1
load 'legend.gp'
set logscale xy
set xlabel x_name noenhanced
set ylabel 'median time until return'
do for [p=1:panels] {
  load 'panel.gp'
  plot for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2 with linespoints lw 2 pt shape[style[c]] ps 0.9 lc rgb color[style[c]] dt dash[style[c]]
}
unset multiplot
