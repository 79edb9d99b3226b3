# SPDX-License-Identifier: Apache-2.0
# A case over builds: $points: number of the build, seconds; $marks: from, to and height of a level.
load 'common.gp'
load 'legend.gp'
set logscale y
set ylabel 'time of a build'
set lmargin 16 ; set rmargin 16
do for [p=1:panels] {
  load 'panel.gp'
  plot for [c=curve_from[p]:curve_to[p]] $marks index c-1 using 1:3:($2-$1):(0) with vectors nohead lw 3 lc rgb color[2], \
       for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2 with linespoints lw 1 pt 7 ps 0.6 lc rgb color[1]
}
unset multiplot
