# SPDX-License-Identifier: Apache-2.0
# Release against return, both logarithmic and alike: $points: seconds until return, seconds until release.
load 'common.gp'
with_points = 1 ; with_lines = 0
load 'legend.gp'
set logscale xy
set xlabel 'time until return'
set ylabel 'time until release'
do for [p=1:panels] {
  load 'panel.gp'
  set arrow 90 from x_low[p],x_low[p] to x_high[p],x_high[p] nohead lw 1 lc rgb '#999999' back
  plot for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2 with points pt shape[style[c]] ps 0.35 lc rgb color[style[c]]
}
unset multiplot
