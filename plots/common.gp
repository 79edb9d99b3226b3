# SPDX-License-Identifier: Apache-2.0
# What all plots share. umountbench hands a script to gnuplot's stdin, with the scripts that it loads in their places, and
# before it what is to be drawn: variables and data blocks ($points and others, src/plot/gnuplot.h), `png` (1: a PNG, 0: an
# SVG) among them. The picture goes to stdout. Every text comes out of a data block and goes into a string variable:
# nothing in it is ever read as a command, and no markup of gnuplot's is on.

set encoding utf8
if (png) {
  set terminal pngcairo size 2*width,2*height noenhanced font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
} else {
  set terminal svg size width,height fixed noenhanced font 'sans-serif,12' background '#ffffff'
}
set datafile separator "\t"
set datafile missing NaN

# Okabe and Ito's colours, which the colour-blind can tell apart, but for their yellow, which white paper swallows. On
# paper without colour the dashes and the shapes of the points remain.
array color[10] = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000', '#7F7F7F', '#B8A100', '#5E4FA2']
array dash[10] = [1, 2, 3, 4, 5, 6, 1, 2, 3, 4]
set dashtype 2 (9,2.5)
set dashtype 3 (2.5,1.5)
set dashtype 4 (9,2,2,2)
set dashtype 5 (16,3)
set dashtype 6 (5,2,2,2,2,2)
# Of a text on such a colour.
array ink[10] = [0xffffff, 0x000000, 0x000000, 0x000000, 0x000000, 0x000000, 0xffffff, 0x000000, 0x000000, 0xffffff]
array shape[10] = [7, 5, 9, 13, 11, 6, 4, 8, 12, 10]

# Texts of a table, one a line.
array words[2+panels]
array legend[legends+1]
array x_tick[x_ticks+1]
array y_tick[y_ticks+1]
stats $titles using (words[int(column(0))+1] = stringcolumn(1), 0) nooutput
if (legends > 0) { stats $legend using (legend[int(column(0))+1] = stringcolumn(1), 0) nooutput }
if (x_ticks > 0) { stats $x_ticks using (x_tick[int(column(0))+1] = stringcolumn(1), 0) nooutput }
if (y_ticks > 0) { stats $y_ticks using (y_tick[int(column(0))+1] = stringcolumn(1), 0) nooutput }
x_name = words[2]

set border 3 lw 1 lc rgb '#444444'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set xtics norotate
set grid back lt 1 lw 0.6 lc rgb '#dddddd'
set xlabel noenhanced textcolor rgb '#222222' offset 0,0.4
set ylabel noenhanced textcolor rgb '#222222' offset 0.5,0
set lmargin 12 ; set rmargin 3 ; set tmargin 2.2 ; set bmargin 3.4
unset key
unset colorbox
set style fill solid noborder
with_points = 0
with_lines = 1
wide_ticks = 0 # 1: texts at the y axis take what room they need

set multiplot
