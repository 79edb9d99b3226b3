# SPDX-License-Identifier: Apache-2.0
# Strips of boots, one a side: $points: place, median in seconds; $marks: place, median of them, its interval.
load 'common.gp'
with_points = 1 ; with_lines = 0
load 'legend.gp'
set logscale y
set ylabel 'median time until return'
half = 0.34
set bmargin 1
do for [p=1:panels] {
  load 'panel.gp'
  unset xtics
  plot for [c=curve_from[p]:curve_to[p]] $marks index c-1 using 1:2:($1-half):($1+half):3:4 with boxxyerror fs transparent solid 0.18 noborder lc rgb color[style[c]], \
       for [c=curve_from[p]:curve_to[p]] $marks index c-1 using ($1-half):2:(2*half):(0) with vectors nohead lw 2.2 lc rgb color[style[c]], \
       for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2 with points pt shape[style[c]] ps 0.8 lc rgb color[style[c]]
}
unset multiplot
