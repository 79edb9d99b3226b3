# SPDX-License-Identifier: Apache-2.0
# Median over a growing parameter, log-log: points.tsv: its value, seconds.
load plots.'/common.gp'
with_points = 1
load plots.'/legend.gp'
set logscale xy
set xlabel x_name noenhanced
set ylabel 'median time until return'
do for [p=1:panels] {
  load plots.'/panel.gp'
  plot for [c=curve_from[p]:curve_to[p]] data.'/points.tsv' index c-1 using 1:2 with linespoints lw 2 pt shape[style[c]] ps 0.9 lc rgb color[style[c]] dt dash[style[c]]
}
unset multiplot
