package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs that watch machines and have NUT among what they know, as Debian packages them.
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class OtherClientsIT extends OnAStack {
    private static final Path CHECK_UPS = Path.of("/usr/lib/nagios/plugins/check_ups");
    private static final Path COLLECTD = Path.of("/usr/sbin/collectd");
    private static final Path COLLECTD_NUT = Path.of("/usr/lib/collectd/nut.so");

    /// `PUTVAL host/nut-UPS1/percent-charge interval=1.000 TIME:90.000000`.
    private static final Pattern VALUE = Pattern.compile("PUTVAL \\S+/nut-UPS1/(\\S+) \\S+ [0-9.]+:(\\S+)");

    @Test
    void nagiosPluginReadsStatusAndValues() {
        assertEquals(
                new Result(
                        0,
                        "UPS OK - Status=Online, Boosting Utility=230.0V Batt=90.0% Load=12.0% "
                                + "|voltage=230000mV;;;0; battery=90%;;;0;100 load=12%;;;0;100\n",
                        ""),
                checkUps("UPS1"));
    }

    @Test
    void nagiosPluginTellsWhatIsUnknown() {
        assertEquals(
                new Result(
                        2, "CRITICAL - no such UPS 'nobody' on that host\nInvalid response received from host\n", ""),
                checkUps("nobody"));
    }

    @Test
    void collectdGathersWhatItHasTypesFor() {
        assumeTrue(
                Files.isExecutable(COLLECTD) && Files.exists(COLLECTD_NUT),
                "no " + COLLECTD_NUT + ": apt-get install collectd-core");
        var conf = stack.box().write("collectd.conf", """
                BaseDir "%1$s"
                PIDFile "%1$s/collectd.pid"
                TypesDB "/usr/share/collectd/types.db"
                Interval 1
                LoadPlugin nut
                LoadPlugin csv
                <Plugin csv>
                  DataDir "stdout"
                </Plugin>
                <Plugin nut>
                  UPS "UPS1@127.0.0.1:%2$d"
                </Plugin>
                """.formatted(stack.box().dir(), stack.port()));
        var collectd = stack.box().start("collectd", List.of(COLLECTD.toString(), "-f", "-C", conf.toString()));
        try {
            Await.value(
                    "collectd has read all of the UPS",
                    Await.LONG,
                    () -> VALUE.matcher(collectd.out())
                            .results()
                            .map(match -> match.group(1) + " " + match.group(2))
                            .sorted()
                            .distinct()
                            .toList(),
                    List.of(
                            "current-output 0.000000",
                            "frequency-input 49.000000",
                            "percent-charge 90.000000",
                            "percent-load 12.000000",
                            "timeleft-battery 3690.000000",
                            "voltage-battery 230.000000",
                            "voltage-input 230.000000")::equals);
        } finally {
            collectd.end();
        }
    }

    private Result checkUps(String ups) {
        assumeTrue(Files.isExecutable(CHECK_UPS), "no " + CHECK_UPS + ": apt-get install monitoring-plugins-basic");
        return stack.box()
                .run(
                        "check_ups",
                        List.of(
                                CHECK_UPS.toString(),
                                "-H",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(stack.port()),
                                "-u",
                                ups));
    }
}
