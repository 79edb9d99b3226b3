# SPDX-License-Identifier: Apache-2.0
# The place, title, ranges and ticks of panel `p`.
if (p == 2) {
  unset label 1
  do for [i=1:legends] { unset label 100+i; unset label 200+i; unset arrow 100+i; unset object 100+i }
}
panel_left = ((p-1)%columns)*1.0/columns
set origin panel_left,1-(head+((p-1)/columns+1)*panel_height*1.0)/height
set size 1.0/columns,panel_height*1.0/height
set label 2 words[2+p] at screen panel_left+12.0/width,1-(head+((p-1)/columns)*panel_height+12.0)/height left noenhanced textcolor rgb '#000000'
if (wide_ticks) { set lmargin at screen panel_left+y_tick_room*1.0/width }
set xrange [x_low[p]:x_high[p]]
set yrange [y_low[p]:y_high[p]]
set xtics () ; set ytics ()
do for [t=x_tick_from[p]:x_tick_to[p]] { set xtics add (x_tick[t] x_tick_at[t]) }
do for [t=y_tick_from[p]:y_tick_to[p]] { set ytics add (y_tick[t] y_tick_at[t]) }
