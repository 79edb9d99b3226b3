# SPDX-License-Identifier: Apache-2.0
# Kernels by RCU modes: $points: column, row, median in seconds, how dark it is (0 to 1); $marks: column and row of a cell
# that was not measured.
load 'common.gp'
set border 0
set tics scale 0
unset grid
wide_ticks = 1
set palette defined (0 '#f2f7fb', 1 '#0b4f8a')
duration(s) = s >= 1 ? sprintf('%.3g s', s) : s >= 1e-3 ? sprintf('%.3g ms', s*1e3) : s >= 1e-6 ? sprintf('%.3g µs', s*1e6) : sprintf('%.3g ns', s*1e9)
load 'legend.gp'
do for [p=1:panels] {
  load 'panel.gp'
  set yrange [y_high[p]:y_low[p]]
  set cbrange [0:1]
  plot for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2:(0.48):(0.46):4 with boxxyerror fs solid noborder fc palette, \
       for [c=curve_from[p]:curve_to[p]] $points index c-1 using 1:2:(duration($3)):($4 > 0.5 ? 0xffffff : 0x000000) with labels noenhanced textcolor rgb variable, \
       for [c=curve_from[p]:curve_to[p]] $marks index c-1 using 1:2:('–') with labels noenhanced textcolor rgb '#777777'
}
unset multiplot
