package org.nutjvm.cgi.pages;

import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.web.Html;
import org.nutjvm.cgi.web.Numbers;

/// A value as a half circle with a hand's share of it filled: inline SVG that takes its colours from the page.
final class Dial {
    private Dial() {}

    /// Dials of what this UPS tells, in a row.
    static String all(Entry entry) {
        var dials = new StringBuilder(2048);
        charge(dials, entry);
        load(dials, entry);
        voltage(
                dials,
                entry,
                "Input voltage",
                "input.voltage",
                "input.voltage.nominal",
                "input.transfer.low",
                "input.transfer.high");
        voltage(dials, entry, "Output voltage", "output.voltage", "output.voltage.nominal", "", "");
        battery(dials, entry);
        temperature(dials, entry);
        return dials.toString();
    }

    /// The value if it is a number, else nothing.
    private static String number(Entry entry, String name) {
        String value = entry.get(name);
        return value != null && Numbers.begins(value) ? value : "";
    }

    private static double number(Entry entry, String name, double otherwise) {
        String value = name.isEmpty() ? "" : number(entry, name);
        return value.isEmpty() ? otherwise : Numbers.real(value);
    }

    private static void charge(StringBuilder to, Entry entry) {
        String value = number(entry, "battery.charge");
        if (!value.isEmpty()) {
            double charge = Numbers.real(value);
            double low = number(entry, "battery.charge.low", 20);
            double warning = Math.max(low, number(entry, "battery.charge.warning", 50));
            add(to, "Battery charge", value, "%", charge, 0, 100, charge <= low ? 2 : charge < warning ? 1 : 0);
        }
    }

    private static void load(StringBuilder to, Entry entry) {
        String value = number(entry, "ups.load");
        if (!value.isEmpty()) {
            double load = Numbers.real(value);
            add(to, "Load", value, "%", load, 0, 100, load > 100 ? 2 : load > 80 ? 1 : 0);
        }
    }

    private static void voltage(
            StringBuilder to, Entry entry, String title, String name, String nominal, String lowest, String highest) {
        String value = number(entry, name);
        if (!value.isEmpty()) {
            double now = Numbers.real(value);
            double usual = number(entry, nominal, now > 160 ? 230 : 120);
            double low = number(entry, lowest, usual * 0.85);
            double high = number(entry, highest, usual * 1.15);
            double reach = Math.max(usual * 0.25, Math.max(usual - low, high - usual) * 1.2);
            add(to, title, value, "V", now, usual - reach, usual + reach, now < low || now > high ? 2 : 0);
        }
    }

    private static void battery(StringBuilder to, Entry entry) {
        String value = number(entry, "battery.voltage");
        if (!value.isEmpty()) {
            double now = Numbers.real(value);
            double usual =
                    number(entry, "battery.voltage.nominal", now < 8 ? 6 : 12 * Math.max(1.0, Math.rint(now / 13)));
            double low = number(entry, "battery.voltage.low", usual * 0.85);
            double high = number(entry, "battery.voltage.high", usual * 1.2);
            add(to, "Battery voltage", value, "V", now, low * 0.95, Math.max(high, low) * 1.02, now < low ? 2 : 0);
        }
    }

    private static void temperature(StringBuilder to, Entry entry) {
        for (String name : new String[] {"ups.temperature", "battery.temperature", "ambient.temperature"}) {
            String value = number(entry, name);
            if (!value.isEmpty()) {
                double now = Numbers.real(value);
                String title = name.startsWith("ups")
                        ? "UPS temperature"
                        : name.startsWith("battery") ? "Battery temperature" : "Room temperature";
                add(to, title, value, "&deg;C", now, 0, 60, now > 45 ? 2 : now > 35 ? 1 : 0);
                return;
            }
        }
    }

    private static void add(
            StringBuilder to,
            String title,
            String value,
            String unit,
            double now,
            double low,
            double high,
            int severity) {
        double share = high > low ? Math.clamp((now - low) / (high - low), 0, 1) : 0;
        String said = Html.text(value.strip()) + (unit.equals("%") ? "%" : ' ' + unit);
        to.append("<figure class=\"dial ")
                .append(Status.style(severity))
                .append("\"><svg viewBox=\"0 0 120 72\" role=\"img\"");
        to.append(" aria-label=\"").append(title).append(": ").append(said).append("\">");
        to.append("<path class=\"track\" pathLength=\"100\" d=\"M12 64A48 48 0 0 1 108 64\"/>");
        if (share > 0.005) {
            to.append("<path class=\"arc\" pathLength=\"100\" stroke-dasharray=\"")
                    .append(Numbers.tenths(share * 100));
            to.append(" 200\" d=\"M12 64A48 48 0 0 1 108 64\"/>");
        }
        to.append("<text x=\"60\" y=\"62\">")
                .append(said)
                .append("</text></svg><figcaption>")
                .append(title);
        to.append("</figcaption></figure>\n");
    }
}
