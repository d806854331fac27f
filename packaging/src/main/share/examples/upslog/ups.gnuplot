# Draws a log that upslog wrote in the format of upslog.conf beside this file:
#
#   gnuplot ups.gnuplot                                                 the log of that file, to ups.png
#   gnuplot -e "log='my.log'; png='my.png'" ups.gnuplot                 others
#   gnuplot -e "from='2026-03-01 00:00:00'; to='2026-03-02 00:00:00'" ups.gnuplot    a part of the time
#
# Columns: 1 date, 2 time, 3 Vin, 4 Fin, 5 quality, 6 Vbat, 7 charge %, 8 runtime in seconds, 9 temperature, 10 load %,
# 11 Vout, 12 and on: status. NA, INVALID and lines that are no such line are left out.

if (!exists("log")) log = "/var/log/nut/ups.log"
if (!exists("png")) png = "ups.png"
if (!exists("size")) size = "1200,1000"

set terminal pngcairo size @size background "white" font "sans,10"
set output png
set datafile missing "NA"
set datafile commentschars "#Y"

form = "%Y-%m-%d %H:%M:%S"
when(x) = timecolumn(1, form)
known(c) = (strcol(c) eq "NA" || strcol(c) eq "INVALID") ? NaN : column(c)
# OB somewhere in the status, which is one word or several.
on_battery(x) = (strcol(12) eq "OB" || (valid(13) && strcol(13) eq "OB")) ? 1 : NaN

set xdata time
set timefmt form
set format x "%d.%m.\n%H:%M"
if (exists("from") && exists("to")) set xrange [from:to]
set grid xtics ytics linecolor rgb "#dddddd"
set key outside right top
set lmargin 10
set rmargin 22
set multiplot layout 4,1 title log noenhanced

set style fill solid 0.25 noborder
set ylabel "V"
set yrange [0:*]
plot log using (when(0)):(known(3)) with lines linewidth 1.5 linecolor rgb "#1f77b4" title "input", \
     log using (when(0)):(known(11)) with lines linewidth 1.5 linecolor rgb "#2ca02c" title "output"

set ylabel "%"
set yrange [0:105]
plot log using (when(0)):(on_battery(0) * 105) with boxes linecolor rgb "#ff9896" title "on battery", \
     log using (when(0)):(known(7)) with lines linewidth 2 linecolor rgb "#d62728" title "charge", \
     log using (when(0)):(known(10)) with lines linewidth 1.5 linecolor rgb "#9467bd" title "load"

set ylabel "min"
set yrange [0:*]
plot log using (when(0)):(known(8) / 60) with lines linewidth 1.5 linecolor rgb "#8c564b" title "runtime"

set ylabel "V, Hz, °C"
set yrange [*:*]
plot log using (when(0)):(known(6)) with lines linewidth 1.5 linecolor rgb "#ff7f0e" title "battery V", \
     log using (when(0)):(known(4)) with lines linewidth 1.5 linecolor rgb "#7f7f7f" title "input Hz", \
     log using (when(0)):(known(9)) with lines linewidth 1.5 linecolor rgb "#17becf" title "temperature"

unset multiplot
unset output
