# SPDX-License-Identifier: Apache-2.0
# Latency over the sequence of calls: $points: number of the call, median of a bin in seconds; $marks: the outline of the
# band from its fastest to its slowest.
load 'common.gp'
load 'legend.gp'
set logscale y
set xlabel 'call, in the order taken'
set ylabel 'time until return'
do for [p=1:panels] {
  load 'panel.gp'
  plot for [c=curve_from[p]:curve_to[p]] $marks index c-1 using 1:2 with filledcurves closed fs transparent solid 0.22 noborder lc rgb color[style[c]], \
       for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2 with lines lw 1.4 lc rgb color[style[c]] dt dash[style[c]]
}
unset multiplot
