# SPDX-License-Identifier: Apache-2.0
# Latency over the sequence of calls: points.tsv: number of the call, then fastest, median and slowest of a bin in seconds.
load plots.'/common.gp'
load plots.'/legend.gp'
set logscale y
set xlabel 'call, in the order taken'
set ylabel 'time until return'
do for [p=1:panels] {
  load plots.'/panel.gp'
  plot for [c=curve_from[p]:curve_to[p]] data.'/points.tsv' index c-1 using 1:2:4 with filledcurves fs transparent solid 0.22 noborder lc rgb color[style[c]], \
       for [c=curve_from[p]:curve_to[p]] data.'/points.tsv' index c-1 using 1:3 with lines lw 1.4 lc rgb color[style[c]]
}
unset multiplot
