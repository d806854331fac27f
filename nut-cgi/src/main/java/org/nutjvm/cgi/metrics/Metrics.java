package org.nutjvm.cgi.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Upses;
import org.nutjvm.cgi.web.Utf8;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.conf.HostsConf.Host;

/// All UPSes in one scrape, as OpenMetrics and readable as Prometheus' older text format. Everything is said twice, as
/// two exporters say it, so that what people built on either goes on working:
///
/// - `network_ups_tools_battery_charge{ups="..."} 87`, `network_ups_tools_ups_status{ups="...",flag="OB"} 1`,
///   `network_ups_tools_device_info{...} 1`, as DRuggeri's nut_exporter with all variables: its dashboard
///   (dashboard.json there) and the alerts of its Helm chart;
/// - `nut_battery_charge{ups="..."} 0.87`, `nut_ups_status{ups="...",status="OB"} 1`, `nut_ups_info{...} 1` and its
///   kin, as HON95's prometheus-nut-exporter: Grafana's dashboard 14371.
///
/// Both have the label `ups` with the name its server gives it; `server` is added, `host` or `host:port`, so that two
/// servers may have a UPS of the same name. A UPS whose data are not to be had has no values, as there; besides,
/// `nut_ups_up` says 0.
public final class Metrics {
    /// The media type of {@link #text}.
    public static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// Where UPSes are left out, in letters.
    private static final int MOST = 8 << 20;

    private static final String PREFIX = "network_ups_tools_";

    /// Words of a status that are said even if they are not in it.
    private static final String[] FLAGS = {
        "OL", "OB", "LB", "HB", "RB", "CHRG", "DISCHRG", "BYPASS", "CAL", "OFF", "OVER", "TRIM", "BOOST", "FSD", "SD"
    };

    private static final String[] STATES = {"OL", "OB", "LB", "CHRG", "RB", "FSD", "BYPASS", "SD", "CP", "BOOST", "OFF"
    };

    private static final String[] DEVICE = {
        "model", "mfr", "serial", "type", "description", "contact", "location", "part", "macaddr"
    };

    /// Label and variable, in turn.
    private static final String[] INFO = {
        "description2", "device.description",
        "device_type", "device.type",
        "location", "device.location",
        "manufacturer", "device.mfr",
        "manufacturing_date", "device.mfr.date",
        "model", "device.model",
        "battery_type", "battery.type",
        "driver", "driver.name",
        "driver_version", "driver.version",
        "driver_version_internal", "driver.version.internal",
        "driver_version_data", "driver.version.data",
        "usb_vendor_id", "ups.vendorid",
        "usb_product_id", "ups.productid",
        "ups_firmware", "ups.firmware",
        "ups_type", "ups.type",
        "type", "device.type",
        "nut_version", "driver.version"
    };

    /// What is no number though it may look like one.
    private static final String[] NAMES = {
        ".serial", ".vendorid", ".productid", ".firmware", ".firmware.aux", ".part", ".macaddr", ".model", ".mfr", ".id"
    };

    private final Families families = new Families();
    private final Set<String> taken = new HashSet<>();

    private Metrics() {}

    /// The scrape, one char a byte (UTF-8).
    public static String text(List<Host> hosts, Upses upses) {
        var metrics = new Metrics();
        metrics.families.add(
                "nut_exporter_info",
                "",
                "This exporter.",
                Families.label(new StringBuilder(), "version", NutVersion.VERSION)
                        .toString(),
                "1");
        int left = 0;
        for (Host host : hosts) {
            if (metrics.families.length() > MOST) {
                left++;
            } else {
                metrics.ups(host, upses);
            }
        }
        metrics.families.add("nut_exporter_left_out", "", "UPSes there was no room for.", "", Integer.toString(left));
        return metrics.families.text();
    }

    private void ups(Host host, Upses upses) {
        String name = host.ups().indexOf('@') < 0
                ? host.ups()
                : host.ups().substring(0, host.ups().indexOf('@'));
        String server = server(host.ups());
        String labels = Families.label(Families.label(new StringBuilder(), "ups", name), "server", server)
                .toString();
        if (!taken.add(labels)) {
            return; // the same again under another spelling
        }
        Reading reading = upses.read(host.ups());
        boolean known = reading instanceof Reading.Known;
        families.add("nut_ups_up", "", "Whether fresh data of the UPS are at hand.", labels, known ? "1" : "0");
        if (taken.add("server " + server)) {
            server(server, upses.server(host.ups(), "server.version"));
        }
        if (reading instanceof Reading.Known all) {
            deviceInfo(all, labels);
            upsInfo(all, host.description(), labels);
            status(all, labels);
            for (Map.Entry<String, String> variable : all.vars().entrySet()) {
                any(variable.getKey(), variable.getValue(), labels);
            }
            for (Gauge gauge : Gauge.ALL) {
                String value = all.vars().get(gauge.variable());
                String number = value == null ? null : Values.of(gauge.kind(), value);
                if (number != null) {
                    families.add(gauge.metric(), gauge.unit(), help(gauge.variable()), labels, number);
                }
            }
        }
    }

    /// The part behind the `@` without what it has anyway.
    private static String server(String ups) {
        int at = ups.indexOf('@');
        String server = at < 0 ? "localhost" : ups.substring(at + 1);
        return server.endsWith(":3493") ? server.substring(0, server.length() - 5) : server;
    }

    private void server(String server, @Nullable String version) {
        if (version != null) {
            var labels = Families.label(new StringBuilder(), "server", server);
            String all = Families.label(labels, "version", version).toString();
            families.add("nut_server_info", "", "The server.", all, "1");
            families.add("nut_info", "", "The server, under an older name.", all, "1");
        }
    }

    private void deviceInfo(Reading.Known reading, String labels) {
        var more = new StringBuilder(labels);
        for (String name : DEVICE) {
            Families.label(more, name, reading.vars().getOrDefault("device." + name, ""));
        }
        families.add(PREFIX + "device_info", "", "What the device is.", more.toString(), "1");
    }

    private void upsInfo(Reading.Known reading, String description, String labels) {
        var more = Families.label(new StringBuilder(labels), "description", description);
        for (int i = 0; i < INFO.length; i += 2) {
            String value = reading.vars().get(INFO[i + 1]);
            if (value != null) {
                Families.label(more, INFO[i], value);
            }
        }
        families.add("nut_ups_info", "", "What the UPS is.", more.toString(), "1");
    }

    private void status(Reading.Known reading, String labels) {
        String status = reading.vars().get("ups.status");
        if (status == null) {
            return;
        }
        var words = new HashSet<String>();
        for (String word : status.split(" ", -1)) {
            if (!word.isEmpty() && words.add(word)) {
                flag(labels, word, "1");
            }
        }
        for (String flag : FLAGS) {
            if (!words.contains(flag)) {
                flag(labels, flag, "0");
            }
        }
        for (String state : STATES) {
            families.add(
                    "nut_ups_status",
                    "",
                    help("ups.status"),
                    Families.label(new StringBuilder(labels), "status", state).toString(),
                    words.contains(state) ? "1" : "0");
        }
    }

    private void flag(String labels, String word, String value) {
        families.add(
                PREFIX + "ups_status",
                "",
                help("ups.status"),
                Families.label(new StringBuilder(labels), "flag", word).toString(),
                value);
    }

    private void any(String variable, String value, String labels) {
        String metric = PREFIX + word(variable);
        String number = Values.numberOrSwitch(value);
        if (number == null || name(variable) || metric.equals(PREFIX + "device_info")) {
            return;
        }
        if (taken.add(metric + labels)) { // two variables may differ only in signs that a metric's name cannot have
            families.add(metric, "", help(variable), labels, number);
        }
    }

    private static boolean name(String variable) {
        if (variable.equals("ups.status") || variable.startsWith("driver.version")) {
            return true;
        }
        for (String ending : NAMES) {
            if (variable.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static String word(String variable) {
        var word = new StringBuilder(variable.length());
        for (int i = 0; i < variable.length(); i++) {
            char c = variable.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            word.append(letter ? c : '_');
        }
        return word.toString();
    }

    private static String help(String variable) {
        return "NUT's " + Utf8.of(variable) + '.';
    }
}
