# SPDX-License-Identifier: Apache-2.0
# Empirical distribution of the time until the call returned. $points: seconds, per cent; $marks: the same of p50,
# p90 and p99, as far as there are.
load 'common.gp'
load 'legend.gp'
set logscale x
set xlabel 'time until return'
set ylabel 'share of calls'
array quantile_shape[3] = [7, 9, 13]
do for [p=1:panels] {
  load 'panel.gp'
  set yrange [0:102]
  set ytics ('0 %%' 0, '25 %%' 25, '50 %%' 50, '75 %%' 75, '90 %%' 90, '99 %%' 99)
  plot for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2 with lines lw 2 lc rgb color[style[c]] dt dash[style[c]], \
       for [c=curve_from[p]:curve_to[p]] $marks index c-1 using 1:2:(quantile_shape[int(column(0))+1]) with points pt variable ps 0.8 lc rgb color[style[c]]
}
unset multiplot
