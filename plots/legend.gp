# SPDX-License-Identifier: Apache-2.0
# The head of the picture: its title and the legend, which are drawn with the first panel. `with_lines` and `with_points`
# say what a curve looks like (both 0: an area).
set label 1 words[1] at screen 12.0/width,1-17.0/height left noenhanced font ',14' textcolor rgb '#000000'
do for [i=1:legends] {
  legend_x = 16.0+((i-1)%legend_columns)*(width-20.0)/legend_columns
  legend_y = height-22.0-line_height*(1+(i-1)/legend_columns)
  if (with_lines) { set arrow 100+i from screen legend_x/width,legend_y/height to screen (legend_x+34)/width,legend_y/height nohead lw 2.2 lc rgb color[i] dt dash[i] }
  if (with_points) { set label 200+i '' at screen (legend_x+17)/width,legend_y/height point pt shape[i] ps 0.9 lc rgb color[i] }
  if (!with_lines && !with_points) { set object 100+i rectangle center screen (legend_x+20)/width,legend_y/height size screen 22.0/width,12.0/height fc rgb color[i] fs solid noborder }
  set label 100+i legend[i] at screen (legend_x+42)/width,legend_y/height left noenhanced textcolor rgb '#000000'
}
