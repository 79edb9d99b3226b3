# SPDX-License-Identifier: Apache-2.0
# Empirical distribution of the time until the call returned. points.tsv: seconds, per cent; marks.tsv: the same of p50,
# p90 and p99.
load plots.'/common.gp'
load plots.'/legend.gp'
set logscale x
set xlabel 'time until return'
set ylabel 'share of calls'
array quantile_shape[3] = [7, 9, 13]
do for [p=1:panels] {
  load plots.'/panel.gp'
  set yrange [0:102]
  set ytics ('0 %%' 0, '25 %%' 25, '50 %%' 50, '75 %%' 75, '90 %%' 90, '99 %%' 99)
  plot for [c=curve_from[p]:curve_to[p]] data.'/points.tsv' index c-1 using 1:2 with lines lw 2 lc rgb color[style[c]] dt dash[style[c]], \
       for [c=curve_from[p]:curve_to[p]] for [q=1:3] data.'/marks.tsv' index c-1 every ::q-1::q-1 using 1:2 with points pt quantile_shape[q] ps 0.8 lc rgb color[style[c]]
}
unset multiplot
